package io.bywash.core.poll;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the sessions whose topics were deleted and made anew: what was read of them and is committed is of another topic. Tells those that
 * do not know theirs yet which it is. Belongs to the poll thread.
 */
final class TopicChanges {
    /**
     * How long brokers have to say the same. The group and the other brokers go on without one that is cut off from them after
     * {@code broker.session.timeout.ms}, 9 s by default, and so do clients; until then it may be asked, and tell what it knew. To go back to
     * the beginning for an earlier topic would repeat all of the present one.
     */
    static final Duration SURE = Duration.ofMillis(9_500);

    /** Topics that are no more. No topic ever has the id of another. */
    private final Set<TopicId> gone = new HashSet<>();

    private final Map<PartitionSession, Claim> claims = new HashMap<>();

    /** Which topic brokers say that a session's is, if it has not known that, and since when without a word to the contrary. */
    private record Claim(TopicId topic, long since) {}

    /** Returns the sessions of topics that are no more by what brokers have just said, each with the topic that has the name now. */
    Map<PartitionSession, TopicId> in(TopicIds.Look look, Collection<PartitionSession> sessions) {
        Map<PartitionSession, TopicId> changed = new LinkedHashMap<>();
        if (!claims.isEmpty()) {
            claims.keySet().retainAll(new HashSet<>(sessions));
        }
        for (PartitionSession session : sessions) {
            look.of(session)
                    .filter(topic -> !gone.contains(topic) && isSurelyAnother(session, topic, look))
                    .ifPresent(topic -> changed.put(session, topic));
        }
        changed.keySet().forEach(session -> session.topicId().ifPresent(gone::add));
        return changed;
    }

    private boolean isSurelyAnother(PartitionSession session, TopicId topic, TopicIds.Look look) {
        Optional<TopicId> known = session.topicId().filter(one -> !one.isElsewhere(topic));
        if (known.equals(Optional.of(topic))) {
            claims.remove(session);
            return false;
        }
        Claim claim = claims.merge(
                session,
                new Claim(topic, look.answeredAt()),
                (before, now) -> before.topic().equals(topic) ? before : now);
        boolean isSure = look.askedAt() - claim.since() >= SURE.toNanos();
        // At an obstacle the position may be of a topic that is no more, and nobody knows of which its offset is.
        if (isSure && known.isEmpty() && session.positionObstacle() instanceof Obstacle.None) {
            session.ofTopic(topic);
            claims.remove(session);
        }
        return isSure && known.isPresent();
    }
}
