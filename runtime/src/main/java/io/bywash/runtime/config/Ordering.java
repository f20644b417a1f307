package io.bywash.runtime.config;

import io.bywash.core.settings.InvalidSettingException;

/** Which records wait for each other. */
public enum Ordering {
    /** Records of one partition are handled one at a time, in the order of their offsets; partitions run in parallel. */
    PARTITION;

    static final Form<Ordering> FORM = new Form<>("partition", Ordering::parse);

    private static Ordering parse(String text) {
        return switch (text) {
            case "partition" -> PARTITION;
            case "key", "none" ->
                throw new InvalidSettingException(
                        "ordering",
                        "is " + text
                                + ", which this version does not support; write partition, and add partitions to the topic"
                                + " for more parallelism");
            default -> throw new IllegalArgumentException("no such ordering: " + text);
        };
    }
}
