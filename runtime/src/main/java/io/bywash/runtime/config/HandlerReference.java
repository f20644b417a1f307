package io.bywash.runtime.config;

/**
 * The name of a handler, where configuration refers to it.
 *
 * @param name the name
 * @param path the setting that holds it
 * @param where the file and line of that setting
 */
public record HandlerReference(String name, String path, String where) {
    static HandlerReference of(Setting setting) {
        return new HandlerReference(setting.text(), setting.path(), setting.where());
    }

    /**
     * Makes a problem of this reference.
     *
     * @param reason what is wrong, as a clause whose subject is the setting
     * @return the problem
     */
    public Problem problem(String reason) {
        return new Problem(path, where, reason);
    }
}
