package io.bywash.runtime.config;

import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import io.bywash.runtime.logging.LogContext;

/**
 * The settings of a consumer that {@code bywash.defaults} can give to all.
 *
 * @param ordering which records wait for each other, and how many are worked on at once
 * @param startFrom where a partition without a committed offset is read from
 * @param missingTopics what happens at start when a listed topic does not exist
 * @param failures what happens when a handler fails
 * @param batching how many records a handler of batches is given at once
 * @param timing the times it keeps
 * @param buffers how much may wait
 * @param metadataLimits how much may be committed beside the offsets
 * @param decoding which deserialisers it is told to use
 * @param logContext what the log lines of handlers say of the record
 */
public record ConsumerOptions(
        Ordering ordering,
        StartFrom startFrom,
        MissingTopics missingTopics,
        FailurePolicy failures,
        Batching batching,
        Timing timing,
        Buffers buffers,
        MetadataLimits metadataLimits,
        Decoding decoding,
        LogContext logContext) {}
