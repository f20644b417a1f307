package io.bywash.tools.deadletter;

/**
 * The failure that made a record a dead letter, as the letter's headers tell it. Each part is empty if they do not.
 *
 * @param type the class of the exception, or {@link #UNKNOWN}
 * @param message its message, as long as the letter has it
 * @param stack its stack, as long as the letter has it
 */
public record LetterError(String type, String message, String stack) {

    /** Stands for the class of an exception that a letter does not name. */
    public static final String UNKNOWN = "(unknown)";
}
