package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import io.bywash.chaos.load.Mix;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.proxy.Proxy;
import io.bywash.chaos.proxy.Weather;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Breaks brokers and the ways to them. */
final class BrokerTrials {
    private static final String[] THREE = {"a", "b", "c"};
    private static final Duration DOWN = Duration.ofSeconds(2);
    private static final Duration SPELL = Duration.ofMillis(1_500);

    /** Longer than a session, and than a client waits for an answer. */
    private static final Duration OUTLASTS_SESSION = Duration.ofSeconds(8);

    private BrokerTrials() {}

    /** The leader of a partition, the coordinator of the group and the controller are killed in turn. */
    static Verdict kill(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("broker-kill"), share.protocol(), Mix.ORDINARY)
                .with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                int broker = target(stage.cluster(), run.topic(), i);
                stage.cluster().kill(broker);
                run.fault("broker kill -9");
                goOnWithout(broker, stage, run);
            }
            return run.conclude(share.records());
        }
    }

    /** The same brokers stop in good order. Nothing is handled twice, and there is no rebalance. */
    static Verdict stop(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("broker-stop"), share.protocol(), Mix.ORDINARY)
                .with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            long rebalances = run.crew().count(Mark.REBALANCING);
            for (int i = 0; i < share.faults(); i++) {
                int broker = target(stage.cluster(), run.topic(), i);
                run.fault("broker SIGTERM");
                stage.cluster().stop(broker);
                goOnWithout(broker, stage, run);
            }
            if (run.crew().count(Mark.REBALANCING) != rebalances) {
                run.finding("the group was shared anew because of a broker that stopped in good order");
            }
            return Demands.noRepetition(run.conclude(share.records()));
        }
    }

    private static int target(Cluster cluster, String topic, int turn) {
        return switch (turn % 3) {
            case 0 -> cluster.leader(new TopicPartition(topic, turn % Plan.PARTITIONS));
            case 1 -> cluster.coordinator();
            default -> cluster.controller();
        };
    }

    private static void goOnWithout(int broker, Stage stage, Experiment run) throws IOException {
        run.awaitProgress();
        Patience.pass(DOWN);
        stage.cluster().restart(broker);
        stage.cluster().awaitInSync(run.topic());
        run.faultOver();
        run.awaitProgress();
    }

    /** Bad weather between workers and brokers, of each kind in turn. */
    static Verdict proxy(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("proxy"), share.protocol(), Mix.ORDINARY).with(Plan.Route.PROXIED);
        List<Weather> bad = List.of(
                Weather.RESET,
                Weather.COMMIT_ANSWERS_LOST,
                Weather.ANSWERS_LOST,
                Weather.SLOW,
                Weather.REQUESTS_LOST,
                Weather.BLACK_HOLE);
        try (Proxy proxy = new Proxy(stage.cluster().doors());
                Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                Weather weather = bad.get(i % bad.size());
                proxy.weather(weather);
                run.fault(weather.name());
                Patience.pass(isLong(i, bad.size()) ? OUTLASTS_SESSION : SPELL);
                proxy.weather(Weather.CLEAR);
                run.faultOver();
                run.awaitProgress();
            }
            bad.stream()
                    .limit(share.faults())
                    .filter(weather -> proxy.effects(weather) == 0)
                    .forEach(weather -> run.finding("the weather " + weather + " did nothing to anybody"));
            if (run.crew().count(Mark.LOST) == 0) {
                run.finding("no partition was lost, so no spell outlasted a session");
            }
            return run.conclude(share.records());
        }
    }

    /** Every second spell is a long one, and of each kind in turn the first and the second. */
    private static boolean isLong(int turn, int kinds) {
        return (turn + turn / kinds) % 2 == 1;
    }
}
