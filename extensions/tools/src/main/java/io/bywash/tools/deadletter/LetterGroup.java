package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import java.time.Instant;
import java.util.SortedSet;

/**
 * Dead letters with the same exception class.
 *
 * @param type the class
 * @param count how many there are
 * @param oldest the earliest timestamp of an original
 * @param newest the latest timestamp of an original
 * @param handlers the handlers that failed
 * @param sample the message of the last of them
 * @param last where the last of them stands
 */
public record LetterGroup(
        String type,
        long count,
        Instant oldest,
        Instant newest,
        SortedSet<String> handlers,
        String sample,
        RecordPosition last) {}
