package io.bywash.chaos.trial;

import io.bywash.chaos.load.Mix;
import io.bywash.chaos.oracle.Fault;
import io.bywash.chaos.oracle.Position;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.ChildJvm;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.Order;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Breaks workers. */
final class WorkerTrials {
    private static final String[] THREE = {"a", "b", "c"};
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration BARE_START = Duration.ofSeconds(2);
    private static final Duration BARE_PAUSE = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);

    /** How long a call hangs: one and a half poll intervals. */
    private static final Duration HANGS = Duration.ofSeconds(9);
    /** How many records there are from one that hangs to the next. */
    private static final long APART = 800;

    /** One record in 150 takes longer than others: what is complete beyond it is told beside the offset. */
    private static final Mix SOME_SLOW = every(150, Duration.ofMillis(1_500));
    /** One record in 200 takes longer than the drain lets it. */
    private static final Mix SOME_SLOWER_THAN_DRAIN = every(200, Duration.ofSeconds(8));

    /** The same, and one in 40 fails: dead letters are on their way when a worker is frozen. */
    private static final Mix SOME_SLOW_SOME_POISON =
            number -> number % 40 == 39 ? Task.poison(number) : SOME_SLOW.task(number);

    private WorkerTrials() {}

    private static Mix every(int distance, Duration takes) {
        return number -> number % distance == distance - 1 ? Task.lasting(number, takes) : Task.ordinary(number);
    }

    static Verdict kill(Stage stage, Share share) throws IOException {
        return Demands.tellingCommits(kill(stage, share, Plan.of(stage.name("kill"), share.protocol(), SOME_SLOW)));
    }

    static Verdict killWithoutText(Stage stage, Share share) throws IOException {
        return Demands.bareCommits(kill(
                stage,
                share,
                Plan.of(stage.name("kill-cut"), share.protocol(), SOME_SLOW).with(CommitText.CUT)));
    }

    static Verdict killInOrder(Stage stage, Share share) throws IOException {
        return kill(
                stage,
                share,
                Plan.of(stage.name("kill-partition"), share.protocol(), SOME_SLOW)
                        .with(Order.PARTITION));
    }

    private static Verdict kill(Stage stage, Share share, Plan plan) throws IOException {
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                Patience.pass(SECOND);
                String member = THREE[i % THREE.length];
                run.crew().process(member).kill();
                run.fault(Fault.KILL, run.crew().name(member));
                run.crew().start(member);
                run.awaitProgress();
            }
            return run.conclude(share.records());
        }
    }

    /**
     * Rolls: each member in turn is told to end and started again. Nothing is handled twice. While a group shares its partitions anew it takes
     * no commits, which may last longer than a drain, so it is at rest before.
     */
    static Verdict roll(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("roll"), share.protocol(), SOME_SLOWER_THAN_DRAIN)
                .with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                String member = THREE[i % THREE.length];
                ChildJvm process = run.crew().process(member);
                run.awaitRest();
                process.terminate();
                run.fault("SIGTERM", run.crew().name(member));
                if (!process.awaitExit(Duration.ofMillis(plan.timing().drain()).plus(GRACE))) {
                    run.finding("worker " + run.crew().name(member) + " did not end in time after SIGTERM");
                    process.kill();
                }
                run.crew().withoutCount(List.of(run.crew().name(member))).forEach(run::finding);
                run.crew().start(member);
                run.awaitProgress();
            }
            return Demands.noRepetition(run.conclude(share.records()));
        }
    }

    /** Zombies: a member stands still for longer than its session lasts, and then goes on. */
    static Verdict freeze(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("freeze"), share.protocol(), SOME_SLOW_SOME_POISON);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                Patience.pass(SECOND);
                String member = THREE[i % THREE.length];
                ChildJvm process = run.crew().process(member);
                process.freeze();
                run.fault(Fault.STOP, run.crew().name(member));
                // Others go on with all its partitions only once its session is over.
                run.awaitProgress();
                Patience.pass(BARE_START);
                process.thaw();
                run.faultOver();
                run.awaitProgress();
            }
            return run.conclude(share.records());
        }
    }

    /** Records that take longer than the poll interval. No member is given up, and the other records go on. */
    static Verdict hang(Stage stage, Share share) throws IOException {
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        Mix mix = number ->
                hangs(number - first.get(), share.faults()) ? Task.lasting(number, HANGS) : Task.ordinary(number);
        Plan plan = Plan.of(stage.name("hang"), share.protocol(), mix).with(new Plan.Times(30_000, 6_000, 2_000));
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            long rebalances = run.crew().count(Mark.REBALANCING);
            long handledBefore = run.crew().count(Mark.OK);
            long producedBefore = run.traffic().count();
            first.set(run.traffic().next() + APART);
            for (int i = 1; i <= share.faults(); i++) {
                int begun = i;
                Patience.await(Duration.ofSeconds(60), () -> begunHanging(run) >= begun, () -> "hanging call " + begun);
                run.fault("hang");
            }
            Patience.pass(HANGS);
            long handled = run.crew().count(Mark.OK) - handledBefore;
            long produced = run.traffic().count() - producedBefore;
            if (handled < 0.9 * produced) {
                run.finding("only " + handled + " of " + produced + " records were handled beside hanging calls");
            }
            if (run.crew().count(Mark.REBALANCING) != rebalances) {
                run.finding("the group was shared anew because of hanging calls");
            }
            // One hanging call costs its key, and nobody else more than a moment.
            Verdict verdict = Demands.pausesUpTo(BARE_PAUSE, Demands.noRepetition(run.conclude(share.records())));
            long lasting = run.crew().handledIn(Duration.ofMillis(plan.timing().maxPoll()));
            return lasting == share.faults()
                    ? verdict
                    : verdict.with(List.of(lasting + " calls lasted for a poll interval, not " + share.faults()));
        }
    }

    private static boolean hangs(long place, int count) {
        return place >= 0 && place % APART == 0 && place / APART < count;
    }

    /** How many of the records that hang have been begun. */
    private static long begunHanging(Experiment run) throws IOException {
        Set<Position> begun = run.crew().begun();
        return run.traffic().acknowledged().stream()
                .filter(record -> record.task().takes().equals(HANGS))
                .filter(record -> begun.contains(new Position(record.partition(), record.offset())))
                .count();
    }

    /** Every two seconds a member comes, goes or is killed. */
    static Verdict churn(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("churn"), share.protocol(), SOME_SLOW);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            Churn churn = new Churn(run, List.of("b", "c"), List.of("d", "e", "f"));
            for (int i = 0; i < share.faults(); i++) {
                long next = Line.now();
                Patience.await(
                        START,
                        churn::turn,
                        () -> "a member that comes or goes" + run.crew().lastWords());
                Patience.pass(Duration.ofMillis(2_000 - Math.min(2_000, (Line.now() - next) / 1_000)));
            }
            churn.end(List.of("b", "c"));
            // While records come all the time: from a partition that has none, any time passes until it goes.
            run.awaitRest();
            // A static member that ends keeps its partitions until its session is over.
            // The group may then have to wait for the session of one that was killed.
            Duration handOver = Duration.ofMillis(
                            plan.timing().drain() + 2 * plan.timing().session())
                    .plus(GRACE);
            Duration revocation = Duration.ofMillis(plan.timing().drain()).plus(MOMENT);
            Verdict verdict = Demands.standstillsUpTo(LONGEST_STANDSTILL, run.conclude(share.records()));
            return Demands.revocationsUpTo(revocation, Demands.handOversUpTo(handOver, verdict))
                    .with(run.crew()
                            .lateEnds(Duration.ofMillis(plan.timing().drain()).plus(GRACE)));
        }
    }
}
