package io.bywash.core.poll;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges whether the client has come to know a leader epoch, from a position or a commit, that a topic which was made anew has not reached.
 * Until it has, the client believes nothing that brokers say of who leads, and reads nothing. Belongs to the poll thread.
 */
final class LeaderEpochs {
    private final Sessions sessions;

    /** The topics of sessions that were reset, where leaders had changed: of the sessions after them it is not known yet what they read. */
    private final Map<TopicPartition, TopicId> beforeReset = new HashMap<>();

    LeaderEpochs(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Takes in that a session is about to be reset, and returns it. */
    PartitionSession ofReset(PartitionSession session) {
        if (hasLater(session)) {
            session.topicId().ifPresent(topic -> beforeReset.putIfAbsent(session.partition(), topic));
        }
        return session;
    }

    /** Tells whether the client must go, given the sessions that have turned out to be of topics that are no more. */
    boolean areInTheWay(Collection<PartitionSession> changed) {
        if (changed.isEmpty() && beforeReset.isEmpty()) {
            // So it is at nearly every turn.
            return false;
        }
        boolean changedByReset = haveResetsHidden();
        return changed.stream().anyMatch(LeaderEpochs::hasLater) || changedByReset;
    }

    private boolean haveResetsHidden() {
        boolean hidden = false;
        for (Iterator<Map.Entry<TopicPartition, TopicId>> rest =
                        beforeReset.entrySet().iterator();
                rest.hasNext(); ) {
            Map.Entry<TopicPartition, TopicId> before = rest.next();
            Optional<TopicId> now = sessions.get(before.getKey()).flatMap(PartitionSession::topicId);
            if (now.isPresent()) {
                rest.remove();
                hidden |= !now.get().equals(before.getValue());
            }
        }
        return hidden;
    }

    private static boolean hasLater(PartitionSession session) {
        return Stream.of(
                        session.origin().leaderEpoch(),
                        session.ledger().frontier().leaderEpoch())
                .flatMap(Optional::stream)
                .anyMatch(epoch -> epoch > 0);
    }

    /** Forgets what concerned a client that is no more. */
    void clientReplaced() {
        beforeReset.clear();
    }
}
