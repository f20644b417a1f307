package io.bywash.tools.deadletter;

import java.util.List;

/**
 * What a look at a dead-letter topic found.
 *
 * @param letters the latest of those that are meant, oldest first; no more than were asked for
 * @param groups all that are meant by exception class, the most frequent first; the rarest of very many share
 *     the class {@code (others)}
 * @param matching how many are meant
 * @param examined how many there are, those that were sent back included
 */
public record LetterPage(List<Letter> letters, List<LetterGroup> groups, long matching, long examined) {}
