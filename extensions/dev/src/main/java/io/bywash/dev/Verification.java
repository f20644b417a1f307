package io.bywash.dev;

import io.bywash.core.event.RecordPosition;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.testkit.EmbeddedKafka;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds what was sent against what became of it: every record handled once or dead-lettered once and never both, in the order that its
 * consumer keeps, and everything committed. Of the demo's own handler it also knows which records it must refuse, and that a slow one
 * must hold up no other.
 */
final class Verification {
    /** The name of the demo's handler, consumer and group. */
    static final String DEMO = "order-handler";

    private static final int MOST_SHOWN = 10;

    private final Journal journal;
    private final SlowOrder slow;

    Verification(Journal journal, SlowOrder slow) {
        this.journal = journal;
        this.slow = slow;
    }

    /** Watches a consumer from its start. */
    void watch(ConsumerPlan consumer) {
        if (consumer.name().equals(DEMO)) {
            slow.judgeBy(new Backlog(journal, DEMO, consumer.options().ordering()));
        }
    }

    /** Returns what is wrong with one consumer's work; nothing if all is as it should be. */
    List<String> problems(ConsumerPlan consumer, EmbeddedKafka kafka) {
        Journal.Course course = journal.course(consumer.name());
        List<String> problems =
                new ArrayList<>(CallOrder.violations(consumer.options().ordering(), course));
        boolean isDemo =
                consumer.all().stream().anyMatch(plan -> plan.handler().name().equals(DEMO));
        problems.addAll(findings(sentTo(consumer), course, isDemo));
        if (consumer.name().equals(DEMO)) {
            problems.addAll(slow.problems());
        }
        checkCommits(consumer, kafka, problems);
        return problems.size() <= MOST_SHOWN
                ? problems
                : concat(problems.subList(0, MOST_SHOWN), "… and " + (problems.size() - MOST_SHOWN) + " more");
    }

    /** Tells whether a consumer is through with all that was sent to it. */
    boolean isComplete(ConsumerPlan consumer) {
        return journal.course(consumer.name()).complete() >= sentTo(consumer).size();
    }

    /** Says in figures what became of a consumer's records. */
    String summary(ConsumerPlan consumer) {
        Journal.Course course = journal.course(consumer.name());
        return String.format(
                Locale.ROOT,
                "%s: %,d sent, %,d handled, %,d dead-lettered",
                consumer.name(),
                sentTo(consumer).size(),
                course.countHandled(),
                course.countDeadLettered());
    }

    private Map<RecordPosition, Sent> sentTo(ConsumerPlan consumer) {
        Map<RecordPosition, Sent> sent = new HashMap<>(journal.sent());
        sent.keySet()
                .removeIf(record ->
                        !DevTopics.of(consumer).contains(record.partition().topic()));
        return sent;
    }

    /** Holds each record against what became of it. */
    static List<String> findings(Map<RecordPosition, Sent> sent, Journal.Course course, boolean demo) {
        return sent.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().toString()))
                .flatMap(one -> finding(one.getKey(), one.getValue(), course, demo).stream())
                .toList();
    }

    private static Optional<String> finding(RecordPosition record, Sent kind, Journal.Course course, boolean demo) {
        int handled = course.timesHandled(record);
        int deadLettered = course.timesDeadLettered(record);
        if (handled + deadLettered != 1) {
            return Optional.of(
                    record + " was handled " + handled + " times and dead-lettered " + deadLettered + " times");
        }
        if (demo && (handled == 1) != (kind == Sent.GOOD)) {
            return Optional.of(record + " is " + kind + ", but was " + (handled == 1 ? "handled" : "dead-lettered"));
        }
        return Optional.empty();
    }

    private static void checkCommits(ConsumerPlan consumer, EmbeddedKafka kafka, List<String> problems) {
        Map<TopicPartition, OffsetAndMetadata> committed = kafka.committedOffsets(consumer.group());
        for (String topic : DevTopics.of(consumer)) {
            kafka.endOffsets(topic).forEach((partition, end) -> {
                OffsetAndMetadata offset = committed.get(partition);
                if (end != (offset == null ? 0 : offset.offset())) {
                    problems.add(partition + " ends at " + end + ", but " + consumer.group() + " committed "
                            + (offset == null ? "nothing" : offset.offset()));
                }
            });
        }
    }

    private static List<String> concat(List<String> some, String last) {
        List<String> all = new ArrayList<>(some);
        all.add(last);
        return all;
    }
}
