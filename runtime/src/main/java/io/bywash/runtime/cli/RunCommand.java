package io.bywash.runtime.cli;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.settings.Span;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.Preparation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Runs the consumers until SIGTERM or SIGINT, which drains them: calls in flight finish, offsets are committed,"
                    + " groups are left. A second signal exits at once.",
            "If one consumer fails for good, the others are drained and the process ends with the code of the failure."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final StopSource stopping;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    RunCommand(StopSource stopping) {
        this.stopping = stopping;
    }

    @Override
    public Integer call() throws InterruptedException {
        Bywash bywash = config.application().build();
        PrintWriter out = spec.commandLine().getOut();
        new RunReport(bywash.preparation().plan()).lines().forEach(out::println);
        out.flush();
        Warnings.print(bywash.preparation(), spec.commandLine().getErr());
        try (StopRequest stop = stopping.listen()) {
            bywash.start();
            Optional<String> late = watch(bywash, stop);
            return finish(bywash, late).code();
        }
    }

    /** Waits until there is a reason to stop. Returns a message if the reason is that the start takes too long. */
    private static Optional<String> watch(Bywash bywash, StopRequest stop) throws InterruptedException {
        Preparation preparation = bywash.preparation();
        Optional<Duration> timeout = preparation.settings().startupTimeout();
        long started = System.nanoTime();
        boolean waiting = timeout.isPresent();
        while (!stop.await(GLANCE) && !bywash.state().isFinal()) {
            waiting = waiting && !bywash.isReady();
            if (waiting && System.nanoTime() - started > timeout.orElseThrow().toNanos()) {
                return Optional.of(tooLate(bywash, timeout.orElseThrow()));
            }
        }
        return Optional.empty();
    }

    private static String tooLate(Bywash bywash, Duration timeout) {
        return bywash.preparation().plan().consumers().stream()
                .filter(consumer -> !Objects.requireNonNull(bywash.consumers().get(consumer.name()))
                        .isReady())
                .map(consumer ->
                        "consumer " + consumer.name() + " has not joined group " + consumer.group() + " within "
                                + Span.text(timeout) + " (startup-timeout); are its brokers, " + brokers(consumer)
                                + ", up and reachable from here?")
                .collect(Collectors.joining("\n"));
    }

    private static Object brokers(ConsumerPlan consumer) {
        return consumer.kafka().given().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "not set");
    }

    private ExitCode finish(Bywash bywash, Optional<String> late) {
        PrintWriter err = spec.commandLine().getErr();
        boolean over = bywash.closeInTime();
        Optional<ConsumerFailedException> failure = bywash.failure();
        if (late.isPresent()) {
            err.println(late.get());
            return ExitCode.BROKER;
        }
        if (failure.isPresent()) {
            err.println(failure.get().getMessage());
            return ExitCode.of(failure.get());
        }
        if (!over) {
            err.println("a consumer did not end within its drain-timeout; its calls in flight will be made again");
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
    }
}
