package io.bywash.core.poll;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers of which topics the client was given leader epochs, with positions and with commits, also of partitions that it does not have.
 * One that was given a later epoch than a topic which was made anew has reached believes nothing that brokers say of who leads, and reads
 * nothing. Belongs to the poll thread.
 */
final class LeaderEpochs {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderEpochs.class);

    /** The topic of the first epoch that the client was given of a partition; an epoch that no topic is below is left out. */
    private final Map<TopicPartition, TopicId> heard = new HashMap<>();

    private boolean inTheWay;

    /** Notes an epoch that the client was given. Of a topic that is not known nothing can be said later. */
    void heard(TopicPartition partition, Optional<TopicId> topic, Optional<Integer> epoch) {
        if (topic.isPresent() && epoch.filter(later -> later > 0).isPresent()) {
            heard.putIfAbsent(partition, topic.get());
        }
    }

    /** Notes the epochs that the client was given for a session, which has come to its end. */
    void ended(PartitionSession session) {
        Stream.of(session.origin().leaderEpoch(), session.ledger().frontier().leaderEpoch())
                .forEach(epoch -> heard(session.partition(), session.topicId(), epoch));
    }

    /** Looks for sessions of other topics than those that the client was given epochs of. */
    void compare(Collection<PartitionSession> sessions) {
        if (!inTheWay) {
            sessions.stream().filter(this::isOfAnother).findFirst().ifPresent(session -> {
                inTheWay = true;
                LOG.info(
                        "this client was given leader epochs of another topic than the one that {} is of now, which keep it from reading it;"
                                + " all partitions are given up in good order, and another client joins the group",
                        session.partition());
            });
        }
    }

    private boolean isOfAnother(PartitionSession session) {
        TopicId before = heard.get(session.partition());
        return before != null
                && session.topicId().filter(topic -> !topic.equals(before)).isPresent();
    }

    /** Tells whether the client must go, since one was found. */
    boolean areInTheWay() {
        return inTheWay;
    }

    /** Forgets what concerned a client that is no more. */
    void clientReplaced() {
        heard.clear();
        inTheWay = false;
    }
}
