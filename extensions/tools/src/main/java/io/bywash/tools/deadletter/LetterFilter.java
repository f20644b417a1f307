package io.bywash.tools.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;

/**
 * Which letters are meant. What is empty restricts nothing; all that is given must hold. Built with the {@code with} methods, from
 * {@link #ALL}.
 *
 * @param since the earliest timestamp of the original, included
 * @param until the latest timestamp of the original, not included
 * @param key the key, as text in UTF-8
 * @param handler the name of the handler
 * @param exception the class of the exception, whole or without its package
 * @param headers names and values of headers, as text in UTF-8
 */
public record LetterFilter(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> key,
        Optional<String> handler,
        Optional<String> exception,
        Map<String, String> headers) {

    /** All letters. */
    public static final LetterFilter ALL = new LetterFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if the end is not after the beginning
     */
    public LetterFilter {
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw new IllegalArgumentException("the letters until " + until.get() + " and since " + since.get()
                    + " are none; give an end that is after the beginning");
        }
        headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /**
     * Restricts the time.
     *
     * @param from the earliest timestamp of the original, included
     * @param to the latest, not included
     * @return a new filter
     */
    public LetterFilter withTimes(Optional<Instant> from, Optional<Instant> to) {
        return new LetterFilter(from, to, key, handler, exception, headers);
    }

    /**
     * Restricts the key.
     *
     * @param wanted the key, as text in UTF-8
     * @return a new filter
     */
    public LetterFilter withKey(Optional<String> wanted) {
        return new LetterFilter(since, until, wanted, handler, exception, headers);
    }

    /**
     * Restricts the handler.
     *
     * @param wanted its name
     * @return a new filter
     */
    public LetterFilter withHandler(Optional<String> wanted) {
        return new LetterFilter(since, until, key, wanted, exception, headers);
    }

    /**
     * Restricts the exception.
     *
     * @param wanted its class, whole or without its package
     * @return a new filter
     */
    public LetterFilter withException(Optional<String> wanted) {
        return new LetterFilter(since, until, key, handler, wanted, headers);
    }

    /**
     * Restricts headers.
     *
     * @param wanted names and values
     * @return a new filter
     */
    public LetterFilter withHeaders(Map<String, String> wanted) {
        return new LetterFilter(since, until, key, handler, exception, wanted);
    }

    /**
     * Tells whether a letter is meant.
     *
     * @param letter the letter
     * @return whether all that is given holds
     */
    public boolean matches(Letter letter) {
        return since.filter(letter.time()::isBefore).isEmpty()
                && until.filter(end -> !letter.time().isBefore(end)).isEmpty()
                && key.filter(wanted ->
                                !Arrays.equals(bytes(wanted), letter.record().key()))
                        .isEmpty()
                && handler.filter(wanted -> !wanted.equals(letter.handler())).isEmpty()
                && exception
                        .filter(wanted -> !isClass(wanted, letter.error().type()))
                        .isEmpty()
                && headers.entrySet().stream().allMatch(wanted -> has(letter, wanted.getKey(), wanted.getValue()));
    }

    private static boolean isClass(String wanted, String type) {
        return type.equals(wanted)
                || wanted.indexOf('.') < 0 && (type.endsWith("." + wanted) || type.endsWith("$" + wanted));
    }

    private static boolean has(Letter letter, String name, String value) {
        Iterable<Header> found = letter.record().headers().headers(name);
        return StreamSupport.stream(found.spliterator(), false)
                .anyMatch(header -> Arrays.equals(bytes(value), header.value()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
