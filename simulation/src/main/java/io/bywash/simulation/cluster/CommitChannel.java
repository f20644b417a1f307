package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The connection on which one client commits. Requests arrive in the order in which they were sent, each after a while; replies are
 * kept until the client looks for them.
 */
final class CommitChannel implements Actor {
    private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();

    private final String client;
    private final SimCluster cluster;
    private final Membership membership;
    private final Deque<Request> inFlight = new ArrayDeque<>();
    private final List<Request> unread = new ArrayList<>();
    private Optional<KafkaException> fenced = Optional.empty();

    /** A commit on its way. */
    private static final class Request {
        private final Map<TopicPartition, OffsetAndMetadata> offsets;
        private final Optional<Identity> identity;
        private final Optional<OffsetCommitCallback> callback;
        private long due;
        private boolean answered;
        private Optional<KafkaException> failure = Optional.empty();

        Request(
                Map<TopicPartition, OffsetAndMetadata> offsets,
                Optional<Identity> identity,
                Optional<OffsetCommitCallback> callback) {
            this.offsets = offsets;
            this.identity = identity;
            this.callback = callback;
        }

        void answer(Optional<KafkaException> reply) {
            answered = true;
            failure = reply;
        }
    }

    CommitChannel(String client, SimCluster cluster, Membership membership) {
        this.client = client;
        this.cluster = cluster;
        this.membership = membership;
    }

    void sendAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        deliverReplies();
        unread.add(send(offsets, Optional.of(callback)));
    }

    private Request send(Map<TopicPartition, OffsetAndMetadata> offsets, Optional<OffsetCommitCallback> callback) {
        cluster.observer().commitSent(client, offsets);
        Map<TopicPartition, OffsetAndMetadata> sorted = new TreeMap<>(SimCluster.ORDER);
        sorted.putAll(offsets);
        Request request = new Request(sorted, membership.identity(), callback);
        if (request.identity.isEmpty()) {
            request.answer(Optional.of(
                    membership.isJoining()
                            ? new RebalanceInProgressException("the client has not joined its group again yet")
                            : new CommitFailedException("the client is not in a group")));
            return request;
        }
        long earliest = inFlight.isEmpty() ? 0 : inFlight.getLast().due;
        request.due =
                Math.max(earliest, now() + cluster.latency(cluster.faults().commitSlow()));
        inFlight.add(request);
        return request;
    }

    /** Sends and waits for the reply; a failure that may pass is tried again until the time is up. */
    void sendSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        long deadline = now() + timeout.toNanos();
        Request request = send(offsets, Optional.empty());
        await(request, deadline);
        while (request.failure.filter(RetriableException.class::isInstance).isPresent() && now() < deadline) {
            long again = Math.min(deadline, now() + RETRY_NANOS);
            cluster.stage().scheduler().until(() -> false, cluster.stage().ticksIn(again - now()));
            request = send(offsets, Optional.empty());
            await(request, deadline);
        }
        deliverReplies();
        outcome(request).ifPresent(failure -> {
            cluster.observer().commitFailed(client, failure);
            throw failure;
        });
    }

    private static Optional<KafkaException> outcome(Request request) {
        boolean open = !request.answered
                || request.failure.filter(RetriableException.class::isInstance).isPresent();
        return open
                ? Optional.of(new TimeoutException("no commit within the time-out"))
                : request.failure.map(CommitChannel::asSync);
    }

    private static KafkaException asSync(KafkaException failure) {
        return failure instanceof StaleMemberEpochException
                ? new CommitFailedException(String.valueOf(failure.getMessage()))
                : failure;
    }

    private void await(Request request, long deadline) {
        if (cluster.chance().happens(0.6) && SimCluster.isQuick(request.due - now())) {
            while (!request.answered) {
                step();
            }
        } else {
            cluster.stage()
                    .scheduler()
                    .until(() -> request.answered, cluster.stage().ticksIn(deadline - now()));
        }
    }

    /**
     * Calls back for every reply that came, in the order in which the requests were sent.
     *
     * @throws FencedInstanceIdException instead, now and from then on, if a reply says that another has the client's place
     */
    void deliverReplies() {
        fenced = fenced.or(() -> unread.stream()
                .flatMap(request -> request.failure.stream())
                .filter(FencedInstanceIdException.class::isInstance)
                .findFirst());
        fenced.ifPresent(failure -> {
            cluster.observer().commitFailed(client, failure);
            throw failure;
        });
        for (Request request : List.copyOf(unread)) {
            if (request.answered && unread.remove(request)) {
                Exception failure =
                        request.failure.<Exception>map(CommitChannel::asAsync).orElse(null);
                request.failure.ifPresent(reply -> cluster.observer().commitFailed(client, reply));
                request.callback.ifPresent(callback -> callback.onComplete(request.offsets, failure));
            }
        }
    }

    private static KafkaException asAsync(KafkaException failure) {
        return failure instanceof RetriableException ? new RetriableCommitFailedException(failure) : failure;
    }

    /** Lets what is under way arrive before a deadline, then closes. */
    void close(Duration timeout) {
        long deadline = now() + timeout.toNanos();
        while (!inFlight.isEmpty() && inFlight.getFirst().due <= deadline) {
            step();
        }
        inFlight.clear();
        cluster.stage().scheduler().remove(this);
        deliverReplies();
    }

    @Override
    public String name() {
        return client + "-commits";
    }

    @Override
    public long due() {
        return inFlight.isEmpty() ? NEVER : inFlight.getFirst().due;
    }

    @Override
    public void step() {
        Request request = inFlight.remove();
        request.answer(arrive(request));
    }

    private Optional<KafkaException> arrive(Request request) {
        Faults faults = cluster.faults();
        if (cluster.chance().happens(faults.commitRefused())) {
            return Optional.of(
                    cluster.chance().happens(0.5)
                            ? new CoordinatorNotAvailableException("the coordinator moves")
                            : new KafkaException("the coordinator does not say why it refuses"));
        }
        Identity identity = request.identity.orElseThrow();
        CommitReply reply = cluster.commit(identity, request.offsets);
        cluster.stage().trace().note(client, "commit " + reply + " " + brief(request.offsets));
        return switch (reply) {
            case APPLIED -> applied(request);
            case UNKNOWN ->
                Optional.of(
                        membership.disowned(identity)
                                ? new CommitFailedException("the member is not in this generation")
                                : new RebalanceInProgressException("the member is in another generation by now"));
            case FENCED -> Optional.of(fenced(identity));
            case STALE -> Optional.of(new StaleMemberEpochException("the member is in a later epoch by now"));
        };
    }

    /** A commit that the client signed before it came back by another id is refused as well, and means nothing. */
    private KafkaException fenced(Identity identity) {
        if (membership.isCurrent(identity)) {
            return new FencedInstanceIdException("another member has the group.instance.id of " + client);
        }
        return membership.isJoining()
                ? new RebalanceInProgressException("the client has come back and not joined its group again yet")
                : new CommitFailedException("the client has come back since");
    }

    private Optional<KafkaException> applied(Request request) {
        cluster.observer().committed(client, request.offsets);
        return cluster.chance().happens(cluster.faults().commitReplyLost())
                ? Optional.of(new DisconnectException("the connection broke before the reply"))
                : Optional.empty();
    }

    private static String brief(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset() + " '"
                        + entry.getValue().metadata() + "'")
                .collect(Collectors.joining(", "));
    }

    private long now() {
        return cluster.stage().clock().now();
    }
}
