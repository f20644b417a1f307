package io.bywash.runtime.plan;

import io.bywash.core.settings.Subscription;
import io.bywash.runtime.config.BywashSettings;
import io.bywash.runtime.config.ClientProperties;
import io.bywash.runtime.config.ConsumerBlock;
import io.bywash.runtime.config.Decoding;
import io.bywash.runtime.config.HandlerReference;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.config.TopicName;
import io.bywash.runtime.discovery.Discovered;
import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.plan.Decoder.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes a plan of settings and handlers. Makes one plan; not thread-safe. */
public final class Planner {
    private static final Decoder AS_GIVEN = new Decoder("as given", ByteArrayDeserializer::new);

    private final BywashSettings settings;
    private final Discovered discovered;
    private final Problems problems;
    private final HandlerIndex handlers;
    private final Map<String, String> groups = new TreeMap<>();
    private final List<ConsumerPlan> consumers = new ArrayList<>();

    /**
     * Creates a planner.
     *
     * @param settings what is configured
     * @param discovered what handlers there are
     * @param problems where problems go
     */
    public Planner(BywashSettings settings, Discovered discovered, Problems problems) {
        this.settings = settings;
        this.discovered = discovered;
        this.problems = problems;
        this.handlers = new HandlerIndex(discovered, folder(settings), problems);
    }

    /**
     * Makes the plan.
     *
     * @return the plan; what cannot work is left out of it, with a problem for each
     */
    public Plan plan() {
        settings.consumers().forEach(this::planBlock);
        handlers.declared().forEach(this::planDeclared);
        if (consumers.isEmpty()
                && settings.consumers().isEmpty()
                && problems.errors().isEmpty()) {
            problems.error(new Problem(
                    "bywash.consumers",
                    "",
                    "there is nothing to run: no consumer is configured, and no handler was found that declares its topics;"
                            + " describe a consumer, or put a handler with @Handles(topics = …) on the class path or into "
                            + folder(settings)));
        }
        return new Plan(List.copyOf(consumers), discovered, handlers.unused());
    }

    private static String folder(BywashSettings settings) {
        Path folder = settings.handlerJars().folder().toAbsolutePath().normalize();
        return folder + " (bywash.handlers-folder" + (Files.isDirectory(folder) ? ")" : ", which does not exist)");
    }

    private void planBlock(ConsumerBlock block) {
        String path = "bywash.consumers." + block.name();
        claim(block.group(), path + " (" + block.where() + ")", reason -> new Problem(path, block.where(), reason));
        Map<String, HandlerPlan> byTopic = new TreeMap<>();
        block.handlers()
                .forEach((topic, reference) ->
                        resolve(reference, block).ifPresent(handler -> byTopic.put(topic, handler)));
        Optional<HandlerPlan> otherwise = block.handler().flatMap(reference -> resolve(reference, block));
        block.subscription().ifPresent(subscription -> {
            requireRoutes(block, subscription);
            consumers.add(new ConsumerPlan(
                    block.name(), block.group(), subscription, byTopic, otherwise, block.options(), block.kafka()));
        });
    }

    private Optional<HandlerPlan> resolve(HandlerReference reference, ConsumerBlock block) {
        return handlers.find(reference)
                .flatMap(found -> decode(found, block.options().decoding(), block.kafka(), reference::problem));
    }

    private void planDeclared(FoundHandler handler) {
        String name = handler.name();
        Subscription topics = new Subscription.Topics(new TreeSet<>(handler.topics()));
        handler.topics().stream()
                .filter(topic -> !TopicName.isLegal(topic))
                .forEach(topic -> problems.error(HandlerIndex.problem(
                        handler, "declares the topic '" + topic + "', but a topic name must be " + TopicName.RULE)));
        claim(name, "handler " + name + " in " + handler.place(), reason -> HandlerIndex.problem(handler, reason));
        decode(
                        handler,
                        settings.defaults().decoding(),
                        settings.kafka(),
                        reason -> HandlerIndex.problem(handler, reason))
                .ifPresent(plan -> consumers.add(new ConsumerPlan(
                        name, name, topics, Map.of(), Optional.of(plan), settings.defaults(), settings.kafka())));
    }

    /** In a group of two consumers with other topics each would be given partitions that it does not read. */
    private void claim(String group, String claimant, Function<String, Problem> problem) {
        String before = groups.putIfAbsent(group, claimant);
        if (before != null) {
            problems.error(problem.apply("has group " + group + ", and so has " + before
                    + "; a group belongs to one consumer, so give each its own"));
        }
    }

    /** Every topic must have a handler, and every handler of a topic must have its topic. */
    private void requireRoutes(ConsumerBlock block, Subscription subscription) {
        block.handlers().forEach((topic, reference) -> {
            if (!subscription.takes(topic)) {
                problems.error(reference.problem(
                        "is for a topic that the consumer does not read; correct the one or the other"));
            }
        });
        if (block.handler().isPresent() || block.handlers().isEmpty()) {
            return;
        }
        String path = "bywash.consumers." + block.name();
        if (subscription instanceof Subscription.Topics listed) {
            Set<String> without = new TreeSet<>(listed.names());
            without.removeAll(block.handlers().keySet());
            if (!without.isEmpty()) {
                problems.error(new Problem(
                        path,
                        block.where(),
                        "has no handler for " + String.join(", ", without)
                                + "; name one under handlers, or one for all other topics with handler"));
            }
        } else {
            problems.error(new Problem(
                    path,
                    block.where(),
                    "reads whatever topics match a pattern; name one handler for all of them that are not listed, with"
                            + " handler"));
        }
    }

    private Optional<HandlerPlan> decode(
            FoundHandler handler, Decoding decoding, ClientProperties client, Function<String, Problem> problem) {
        if (handler.decoded().isPresent()) {
            return Optional.of(new HandlerPlan(handler, AS_GIVEN, AS_GIVEN));
        }
        DecoderChoice choice = new DecoderChoice(handler.type(), client.given());
        try {
            return Optional.of(new HandlerPlan(
                    handler, choice.choose(Side.KEY, decoding.key()), choice.choose(Side.VALUE, decoding.value())));
        } catch (IllegalArgumentException e) {
            problems.error(problem.apply("has no way to decode its records: " + e.getMessage()));
        } catch (TypeNotPresentException | LinkageError e) {
            problems.error(problem.apply("has a class that does not load: " + e + "; add what it needs to its folder"));
        }
        return Optional.empty();
    }
}
