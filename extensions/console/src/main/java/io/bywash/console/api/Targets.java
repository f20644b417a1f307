package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.RecordPosition;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What an action is about. Only what the consumer has now is accepted. */
record Targets(GroupConsumer consumer) {
    private static final Pattern RECORD = Pattern.compile("(.{1,300})@(\\d{1,18})");

    /** Returns the partitions named {@code topic-number}, or all if none is named. */
    Collection<TopicPartition> partitions(List<String> names) {
        if (names.isEmpty()) {
            return consumer.assignment();
        }
        Map<String, TopicPartition> assigned =
                consumer.assignment().stream().collect(Collectors.toMap(TopicPartition::toString, Function.identity()));
        Set<TopicPartition> found = new LinkedHashSet<>();
        names.forEach(name -> found.add(Optional.ofNullable(assigned.get(name)).orElseThrow(Targets::unknown)));
        return found;
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.NOT_FOUND,
                "no such partition",
                "this process does not have the partition now; it may have gone to another member. Partitions are named as in"
                        + " orders-0");
    }

    /** Returns the record named {@code topic-number@offset}. */
    RecordPosition record(String name) {
        Matcher parts = RECORD.matcher(name);
        if (!parts.matches()) {
            throw new Refusal(
                    Refusal.BAD_REQUEST, "no record", "name the record by partition and offset, as in orders-0@42");
        }
        TopicPartition partition =
                partitions(List.of(parts.group(1))).iterator().next();
        return new RecordPosition(partition, Long.parseLong(parts.group(2)));
    }
}
