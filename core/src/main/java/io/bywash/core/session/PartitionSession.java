package io.bywash.core.session;

import io.bywash.core.event.PauseReason;
import io.bywash.core.ledger.Ledger;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that belongs to one ownership of one partition. The poll thread opens it, delivers to it and ends it; its taker
 * takes from it and reports through it. A new ownership of the same partition is a new object, so nothing old can be mistaken for
 * something new.
 */
public final class PartitionSession {
    private final TopicPartition partition;
    private final long epoch;
    private final Origin origin;
    private final Ledger ledger;
    private final BatchQueue queue;
    private final FailedRecords failed;

    private volatile SessionState state = SessionState.OPEN;
    private volatile Obstacle obstacle = Obstacle.NONE;

    // Of the poll thread alone.
    private final EnumSet<PauseReason> pauseReasons = EnumSet.noneOf(PauseReason.class);
    private final CommitRecord commits;
    private Obstacle positionObstacle = Obstacle.NONE;
    private Optional<TopicId> topicId;

    @SuppressWarnings("NullAway.Init") // the taker needs the session first
    private RecordTaker taker;

    /**
     * Creates an open session without a taker.
     *
     * @param partition the partition
     * @param epoch a number that rises with every session of this process
     * @param origin where it begins
     * @param recordBound how many records may wait
     */
    public PartitionSession(TopicPartition partition, long epoch, Origin origin, int recordBound) {
        this.partition = partition;
        this.epoch = epoch;
        this.origin = origin;
        this.ledger = new Ledger(origin.offset(), origin.leaderEpoch(), origin.done());
        this.queue = new BatchQueue(recordBound);
        this.failed = new FailedRecords(origin.failed());
        this.commits = new CommitRecord(origin);
        this.topicId = origin.topic();
    }

    /**
     * Gives the session its taker. Called once.
     *
     * @param newTaker who takes the records
     */
    public void takenBy(RecordTaker newTaker) {
        taker = newTaker;
    }

    /**
     * Returns which topic of this name its offsets are of. Called by the poll thread.
     *
     * @return the topic, once it is known
     */
    public Optional<TopicId> topicId() {
        return topicId;
    }

    /**
     * Notes which topic of this name its offsets are of. Called by the poll thread.
     *
     * @param id the topic
     */
    public void ofTopic(TopicId id) {
        topicId = Optional.of(id);
    }

    /**
     * Hands over what a poll brought. Called by the poll thread.
     *
     * @param batch the records
     * @param nextOffset where the client reads on
     * @param leaderEpoch under which leader epoch that was written which stands before it, if the client tells
     */
    public void offer(Batch batch, long nextOffset, Optional<Integer> leaderEpoch) {
        ledger.delivered(batch.records(), nextOffset, leaderEpoch);
        queue.offer(batch);
        taker.signal();
    }

    /** Asks the taker what is complete beyond the frontier, for the next commit. Called by the poll thread. */
    public void askForReport() {
        ledger.wantReport();
        taker.report();
    }

    /** Lets no further record be taken. Called by the poll thread; does nothing if that is so already. */
    public void stop() {
        if (state == SessionState.OPEN) {
            state = state.to(SessionState.STOPPING);
            taker.signal();
        }
    }

    /** Ends the session in good order; from now on results do not count. Called by the poll thread after {@link #stop}. */
    public void release() {
        state = state.to(SessionState.RELEASED);
        taker.signal();
    }

    /** Ends the session because somebody else has the partition. Called by the poll thread. */
    public void lose() {
        state = state.to(SessionState.LOST);
        taker.interrupt();
        taker.signal();
    }

    /**
     * Leaves an operator's order about a halted record for the worker. May be called from any thread.
     *
     * @param offset the record
     * @param standing what is to become of it
     * @return false if no record is halted there, or another order came before
     */
    public boolean order(long offset, FailedRecord.Standing standing) {
        boolean waited = failed.order(offset, standing);
        if (waited) {
            taker.signal();
        }
        return waited;
    }

    /**
     * Reports what keeps the partition from moving on. Called by the worker.
     *
     * @param now the obstacle, or {@link Obstacle#NONE}
     */
    public void obstacle(Obstacle now) {
        obstacle = now;
    }

    /**
     * Notes that the client cannot read on. Belongs to the poll thread.
     *
     * @param now what is wrong with the position
     */
    public void noPosition(Obstacle.Barred now) {
        positionObstacle = now;
    }

    /**
     * Returns what keeps the client from reading on. Belongs to the poll thread.
     *
     * @return the obstacle, or {@link Obstacle#NONE}
     */
    public Obstacle positionObstacle() {
        return positionObstacle;
    }

    /**
     * Returns the partition.
     *
     * @return the partition
     */
    public TopicPartition partition() {
        return partition;
    }

    /**
     * Returns the number of this ownership.
     *
     * @return a number that rises with every session of this process
     */
    public long epoch() {
        return epoch;
    }

    /**
     * Returns where the session began.
     *
     * @return the origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * Returns the ledger.
     *
     * @return the ledger of this ownership
     */
    public Ledger ledger() {
        return ledger;
    }

    /**
     * Returns the queue.
     *
     * @return the queue of this ownership
     */
    public BatchQueue queue() {
        return queue;
    }

    /**
     * Returns the state.
     *
     * @return the state now; read by the worker before every record
     */
    public SessionState state() {
        return state;
    }

    /**
     * Tells whether records may be taken.
     *
     * @return true while {@link SessionState#OPEN}
     */
    public boolean isOpen() {
        return state == SessionState.OPEN;
    }

    /**
     * Returns what keeps the partition from moving on.
     *
     * @return the obstacle now
     */
    public Obstacle obstacle() {
        return obstacle;
    }

    /**
     * Returns what is known of records that have failed.
     *
     * @return the failures, those under a former owner included
     */
    public FailedRecords failed() {
        return failed;
    }

    /**
     * Returns why the partition is paused. Belongs to the poll thread, which changes it in place.
     *
     * @return the reasons; empty if it is fetched
     */
    public Set<PauseReason> pauseReasons() {
        return pauseReasons;
    }

    /**
     * Returns what has been committed. Belongs to the poll thread.
     *
     * @return the record of commits
     */
    public CommitRecord commits() {
        return commits;
    }

    /**
     * Returns who takes the records. Belongs to the poll thread.
     *
     * @return the taker
     */
    public RecordTaker taker() {
        return taker;
    }

    @Override
    public String toString() {
        return partition + "#" + epoch;
    }
}
