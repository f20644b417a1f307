package io.bywash.console.http;

/** Hears of those who ask for what their role does not allow. Called on the thread of the request. */
@FunctionalInterface
public interface RoleWatch {

    /**
     * Somebody was refused.
     *
     * @param caller who
     * @param request what was asked for, as method and path; text that may hold anything
     */
    void refused(Caller caller, String request);
}
