package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.worker.Protocol;
import java.io.IOException;
import java.util.List;

/** All trials, each in a short form with one protocol and in a long form with all. */
public enum Catalogue {
    /** Workers are killed. */
    KILL("workers killed (-9)", WorkerTrials::kill, new Share(Protocol.COOPERATIVE, 2_000, 2), 30),
    /** Workers are killed, and commits are bare offsets. */
    KILL_CUT(
            "workers killed (-9), bare offsets committed",
            WorkerTrials::killWithoutText,
            new Share(Protocol.COOPERATIVE, 2_000, 2),
            30),
    /** Workers are killed, and records wait for those before them in their partition. */
    KILL_PARTITION(
            "workers killed (-9), ordering = partition",
            WorkerTrials::killInOrder,
            new Share(Protocol.COOPERATIVE, 2_000, 2),
            30),
    /** Workers are told to end. */
    ROLL("workers rolled (SIGTERM)", WorkerTrials::roll, new Share(Protocol.CONSUMER, 2_000, 2), 20),
    /** Workers stand still and go on. */
    FREEZE("workers frozen (SIGSTOP, CONT)", WorkerTrials::freeze, new Share(Protocol.EAGER, 2_000, 1), 20),
    /** Handlers hang. */
    HANG("handlers that hang", WorkerTrials::hang, new Share(Protocol.COOPERATIVE, 2_000, 2), 12),
    /** Brokers are killed. */
    BROKER_KILL("brokers killed (-9)", BrokerTrials::kill, new Share(Protocol.CONSUMER, 2_000, 1), 15),
    /** Brokers are told to end. */
    BROKER_STOP("brokers stopped (SIGTERM)", BrokerTrials::stop, new Share(Protocol.COOPERATIVE, 2_000, 1), 15),
    /** The network is bad. */
    PROXY("bad network", BrokerTrials::proxy, new Share(Protocol.STATIC, 2_000, 6), 100),
    /** Members come and go. */
    CHURN("members come and go", WorkerTrials::churn, new Share(Protocol.COOPERATIVE, 2_000, 8), 120),
    /** Records fail, and the dead-letter topic refuses them. */
    POISON("10 % poison, dead letters refused", RecordTrials::poison, new Share(Protocol.EAGER, 2_000, 3), 12),
    /** Transactions and compaction leave holes. */
    HOLES("aborted transactions, compaction", LogTrials::holes, new Share(Protocol.CONSUMER, 2_000, 32), 256),
    /** Records are deleted, partitions added. */
    DELETED("records deleted, partitions added", LogTrials::deleted, new Share(Protocol.EAGER, 2_000, 1), 8),
    /** The topic is deleted and made anew. */
    RECREATED("topic deleted and made anew", CutTrials::recreated, new Share(Protocol.COOPERATIVE, 2_000, 1), 8),
    /** A replica leads that lacks the end of the log. */
    UNCLEAN("unclean election", CutTrials::unclean, new Share(Protocol.CONSUMER, 2_000, 1), 4),
    /** Workers are not let in. */
    REFUSED(
            "wrong authority, host, password; expired certificates",
            RefusalTrials::refused,
            new Share(Protocol.COOPERATIVE, 0, 5),
            20),
    /** All certificates are replaced. */
    ROTATED("certificates replaced", SecurityTrials::rotated, new Share(Protocol.COOPERATIVE, 500, 1), 20),
    /** Passwords and rights are taken away and given back. */
    REVOKED("password, access revoked and restored", SecurityTrials::revoked, new Share(Protocol.CONSUMER, 500, 3), 12),
    /** Nobody issues tokens. */
    ISSUER_AWAY(
            "issuer of tokens away for two lives of a token",
            SecurityTrials::withoutIssuer,
            new Share(Protocol.CONSUMER, 500, 1),
            8),
    /** Heaps are small, records large and most of one key. */
    HEAP("records of 1 MB in 256 MB, a hot key", MemoryTrials::tight, new Share(Protocol.EAGER, 0, 1), 24);

    private final String title;

    // A method without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Trial trial;

    // A record of values.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Share brief;

    private final int faults;

    Catalogue(String title, Trial trial, Share brief, int faults) {
        this.title = title;
        this.trial = trial;
        this.brief = brief;
        this.faults = faults;
    }

    /**
     * Says what it breaks.
     *
     * @return words for a table
     */
    public String title() {
        return title;
    }

    /**
     * Runs the short form.
     *
     * @param stage where
     * @return what the oracle says
     * @throws IOException if a process cannot be started or its journal not be read
     */
    public Verdict runShort(Stage stage) throws IOException {
        return trial.run(stage, brief);
    }

    /**
     * Runs the long form: every protocol has its part of the records and faults.
     *
     * @param stage where
     * @param records how many records in all, at least
     * @return what the oracle says of all runs together
     * @throws IOException if a process cannot be started or its journal not be read
     */
    public Verdict runLong(Stage stage, long records) throws IOException {
        int parts = Protocol.values().length;
        Verdict all = null;
        for (Protocol protocol : List.of(Protocol.values())) {
            Verdict one = trial.run(stage, new Share(protocol, records / parts, (faults + parts - 1) / parts));
            all = all == null ? one : all.and(one);
        }
        if (all == null) {
            throw new IllegalStateException("there is no protocol to run with");
        }
        return all;
    }
}
