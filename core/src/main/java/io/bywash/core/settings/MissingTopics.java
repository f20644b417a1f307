package io.bywash.core.settings;

/** What happens at start when a listed topic does not exist. */
public enum MissingTopics {
    /** The consumer starts, says which topic it waits for, and reads the topic once it exists. */
    WAIT,
    /** The start fails with a message that names the topic. */
    FAIL
}
