package io.bywash.runtime.config;

import java.util.regex.Pattern;

/** What Kafka takes as the name of a topic. */
public final class TopicName {
    /** The rule in words. */
    public static final String RULE = "1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-'";

    static final Form<String> FORM = new Form<>("a topic name: " + RULE, TopicName::parse);

    private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private TopicName() {}

    /**
     * Tells whether a topic may have this name.
     *
     * @param name the name
     * @return whether Kafka takes it
     */
    public static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches();
    }

    private static String parse(String text) {
        if (!isLegal(text)) {
            throw new IllegalArgumentException("no topic name: " + text);
        }
        return text;
    }
}
