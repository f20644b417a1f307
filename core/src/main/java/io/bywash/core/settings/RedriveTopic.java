package io.bywash.core.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the topic is named through which dead letters come back to the group that failed, and to no other. Where such a topic exists,
 * the group reads it as if its records were in the source topic.
 *
 * @param template the name, in which {@code {topic}} stands for the source topic, once, and {@code {group}} for the group
 */
public record RedriveTopic(String template) {
    private static final String TOPIC = "{topic}";
    private static final String GROUP = "{group}";
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");

    /** {@code {topic}.{group}.redrive}. */
    public static final RedriveTopic DEFAULT = new RedriveTopic("{topic}.{group}.redrive");

    /** Checks that the source topic can be told from the name, and that no topic is taken for one by chance. */
    public RedriveTopic {
        int first = template.indexOf(TOPIC);
        if (first < 0 || first != template.lastIndexOf(TOPIC)) {
            throw new InvalidSettingException(
                    "redrive-topic",
                    "is " + template
                            + ", but must contain {topic} once, by which a record that comes back is taken to its handler;"
                            + " write {topic}.{group}.redrive, for one");
        }
        String rest = template.replace(TOPIC, "");
        if (!rest.contains(GROUP)) {
            throw new InvalidSettingException(
                    "redrive-topic",
                    "is " + template
                            + ", but must contain {group}, since what comes back is for the group that failed alone;"
                            + " write {topic}.{group}.redrive, for one");
        }
        requireOwnWord(template, rest.replace(GROUP, ""));
    }

    private static void requireOwnWord(String template, String own) {
        Matcher unknown = PLACEHOLDER.matcher(own);
        if (unknown.find()) {
            throw new InvalidSettingException(
                    "redrive-topic",
                    "is " + template + ", but there is no placeholder " + unknown.group()
                            + "; there are {topic} and {group}");
        }
        if (!LEGAL.matcher(own).matches() || own.chars().noneMatch(Character::isLetterOrDigit)) {
            throw new InvalidSettingException(
                    "redrive-topic",
                    "is " + template
                            + ", but beside {topic} and {group} it must contain a word by which it is told from other"
                            + " topics, of letters, digits, dots, underscores and hyphens; write {topic}.{group}.redrive, for one");
        }
    }

    /**
     * Returns the redrive topic of a source topic.
     *
     * @param source the source topic
     * @param group the group that failed
     * @return the name
     */
    public String nameFor(String source, String group) {
        return template.replace(TOPIC, source).replace(GROUP, group);
    }

    /**
     * Returns the source topic of a redrive topic.
     *
     * @param topic a topic
     * @param group the group
     * @return what stands for the source in its name, or nothing if it is no redrive topic of the group
     */
    public Optional<String> sourceOf(String topic, String group) {
        int at = template.indexOf(TOPIC);
        String before = template.substring(0, at).replace(GROUP, group);
        String after = template.substring(at + TOPIC.length()).replace(GROUP, group);
        boolean named =
                topic.length() > before.length() + after.length() && topic.startsWith(before) && topic.endsWith(after);
        return named
                ? Optional.of(topic.substring(before.length(), topic.length() - after.length()))
                : Optional.empty();
    }
}
