package io.bywash.console.settings;

/** What somebody may do. */
public enum Role {
    /** Look at everything. */
    READ,
    /** Look, and act. */
    OPERATE;

    /**
     * Tells whether one who has this role may do what needs another.
     *
     * @param needed the role that is needed
     * @return whether this is enough
     */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
