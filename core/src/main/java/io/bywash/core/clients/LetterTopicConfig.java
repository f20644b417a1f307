package io.bywash.core.clients;

import io.bywash.core.settings.LetterRetention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.common.config.TopicConfig;

/** How a dead-letter topic is configured. */
final class LetterTopicConfig {
    private LetterTopicConfig() {}

    /**
     * Returns the configuration of a topic that is to be created.
     *
     * @param retention how long it keeps letters
     * @param kept for how many milliseconds others keep records, which is the least; empty if nobody tells
     */
    static Map<String, String> of(LetterRetention retention, List<Long> kept) {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        milliseconds(retention, kept).ifPresent(time -> {
            config.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(time));
            // Brokers may limit logs by size as well, which would take letters before their time.
            config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        });
        return config;
    }

    private static OptionalLong milliseconds(LetterRetention retention, List<Long> kept) {
        if (retention instanceof LetterRetention.Forever) {
            return OptionalLong.of(RecordRetention.FOREVER);
        }
        if (retention instanceof LetterRetention.AtLeast least && !kept.isEmpty()) {
            return LongStream.concat(
                            LongStream.of(least.time().toMillis()),
                            kept.stream().mapToLong(Long::longValue))
                    .reduce(LetterTopicConfig::longer);
        }
        return OptionalLong.empty();
    }

    private static long longer(long one, long other) {
        return one < 0 || other < 0 ? RecordRetention.FOREVER : Math.max(one, other);
    }
}
