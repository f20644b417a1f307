package io.bywash.runtime.plan;

import com.typesafe.config.Config;
import io.bywash.runtime.config.BywashSettings;
import io.bywash.runtime.config.ConfigLoader;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.config.SettingsReader;
import io.bywash.runtime.discovery.Discovered;
import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.discovery.HandlerDiscovery;
import io.bywash.runtime.discovery.Surroundings;
import java.util.List;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Everything that can be known before anything is created or connected.
 *
 * @param config the whole configuration
 * @param settings what stands under {@code bywash}
 * @param plan what is going to run
 * @param problems what is wrong
 */
public record Preparation(Config config, BywashSettings settings, Plan plan, Problems problems) {

    /**
     * Reads settings, looks for handlers and plans.
     *
     * @param classPath the class loader of the application
     * @param surroundings what handlers may ask for; its configuration is the one to read
     * @param given handlers that the application hands over
     * @return all that is known
     */
    public static Preparation of(ClassLoader classPath, Surroundings surroundings, List<FoundHandler> given) {
        ConfigLoader loader = new ConfigLoader(classPath);
        Config config = loader.complete(surroundings.config());
        Problems problems = new Problems();
        BywashSettings settings = SettingsReader.read(config, loader.referenceKeys(), problems);
        Surroundings complete = new Surroundings(surroundings.injector(), config, surroundings.metrics());
        Discovered discovered = new HandlerDiscovery(classPath, complete).discover(settings.handlerJars(), given);
        return new Preparation(config, settings, new Planner(settings, discovered, problems).plan(), problems);
    }

    /** Reports it if a consumer does not know where its brokers are. */
    public void requireBrokers() {
        boolean unknown = plan.consumers().stream()
                .anyMatch(consumer ->
                        !consumer.kafka().given().containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        boolean told = problems.errors().stream()
                .anyMatch(problem -> problem.path().endsWith("kafka." + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        if (unknown && !told) {
            problems.error(
                    new Problem(
                            "bywash.kafka.bootstrap.servers",
                            "",
                            "is missing; set it to host:port of a broker, or set the environment variable KAFKA_BOOTSTRAP_SERVERS"));
        }
    }
}
