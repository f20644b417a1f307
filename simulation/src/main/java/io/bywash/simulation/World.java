package io.bywash.simulation;

import io.bywash.simulation.cluster.SimCluster;
import io.bywash.simulation.cluster.Topics;
import io.bywash.simulation.oracle.Limits;
import io.bywash.simulation.oracle.Oracle;
import io.bywash.simulation.oracle.Prospect;
import io.bywash.simulation.oracle.Terms;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.workload.HandlerShape;
import io.bywash.simulation.workload.Handlers;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Script;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything the processes of a run live in.
 *
 * @param scenario what the run is about
 * @param stage time and chance
 * @param topics what is read
 * @param oracle judges
 * @param cluster serves
 * @param script decides how calls turn out
 * @param handlers what the processes call
 */
record World(
        Scenario scenario,
        Stage stage,
        Topics topics,
        Oracle oracle,
        SimCluster cluster,
        Script script,
        Handlers handlers) {

    static World of(long seed, List<String> without) {
        Chance chance = new Chance(seed);
        Scenario drawn = Scenario.drawn(chance);
        Scenario scenario = drawn.with(drawn.group().withMoreDrawn(new Chance(~seed)));
        for (Relief relief : Relief.named(without)) {
            scenario = relief.change().apply(scenario);
        }
        Stage stage = Stage.with(chance);
        Script script = new Script(chance, scenario.troubles(), scenario.race());
        HandlerShape shape = scenario.shape();
        return of(
                scenario,
                stage,
                script,
                Nature::prospect,
                (process, topic, oracle) -> shape.binding(process, topic, stage, script, oracle));
    }

    /** Creates the world of a scenario, for handlers of somebody else's choice. */
    static World of(
            Scenario scenario,
            Stage stage,
            Script script,
            Function<ConsumerRecord<byte[], byte[]>, Prospect> prospects,
            Handlers handlers) {
        Topics sources = Topics.empty(scenario.topics(), scenario.load().burst());
        Topics topics = scenario.terms()
                .failures()
                .redriveTopic()
                .map(redrive -> sources.withReturning(source -> redrive.nameFor(source, Terms.GROUP)))
                .orElse(sources);
        Oracle oracle = new Oracle(
                stage, topics, scenario.terms(), new Limits(scenario.buffers(), scenario.batching()), prospects);
        SimCluster cluster = new SimCluster(stage, topics, scenario.group().protocol(), scenario.faults(), oracle);
        return new World(scenario, stage, topics, oracle, cluster, script, handlers);
    }

    /** Ends all that goes wrong for a while only. */
    void heal() {
        stage.trace().note("world", "heals");
        cluster.heal();
        script.heal();
    }
}
