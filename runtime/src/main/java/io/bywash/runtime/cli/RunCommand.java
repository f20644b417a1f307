package io.bywash.runtime.cli;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.settings.Span;
import io.bywash.runtime.Bywash;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    /** For what is closed after the consumers. */
    private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

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
        MetricRegistry metrics = new MetricRegistry();
        Bywash bywash = config.application().metrics(metrics).build();
        PrintWriter out = spec.commandLine().getOut();
        new RunReport(bywash.preparation().plan()).lines().forEach(out::println);
        out.flush();
        Warnings.print(bywash.preparation(), spec.commandLine().getErr());
        // Code of a handler that ends the process from within its open does so on this thread, which cannot answer
        // then.
        try (StopRequest stop = stopping.listen().answeredWithin(longestStop(bywash))) {
            ClosingLine closing = new ClosingLine(bywash, metrics);
            bywash.start();
            Optional<String> late = watch(bywash, stop);
            out.println(closing.close());
            return judge(bywash, late).code();
        }
    }

    private static Duration longestStop(Bywash bywash) {
        return bywash.consumers().values().stream()
                .map(consumer -> consumer.settings().timing().drainTimeout())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(FOR_THE_REST);
    }

    /** Waits until there is a reason to stop. Returns a message if the reason is that the start takes too long. */
    private Optional<String> watch(Bywash bywash, StopRequest stop) throws InterruptedException {
        Optional<Duration> timeout = bywash.preparation().settings().startupTimeout();
        Latecomers latecomers = new Latecomers(bywash);
        boolean judged = timeout.isEmpty();
        while (!stop.await(GLANCE) && !bywash.state().isFinal()) {
            latecomers.due().forEach(spec.commandLine().getErr()::println);
            if (!judged && latecomers.elapsed().compareTo(timeout.orElseThrow()) > 0) {
                judged = true;
                List<String> late = latecomers.late(Span.text(timeout.orElseThrow()) + " (startup-timeout)");
                if (!late.isEmpty()) {
                    return Optional.of(String.join("\n", late));
                }
            }
        }
        return Optional.empty();
    }

    private ExitCode judge(Bywash bywash, Optional<String> late) {
        PrintWriter err = spec.commandLine().getErr();
        if (late.isPresent()) {
            err.println(late.get());
            return ExitCode.BROKER;
        }
        if (bywash.failure().isPresent()) {
            err.println(bywash.failure().get().getMessage());
            return ExitCode.of(bywash.failure().get());
        }
        if (bywash.state() != ConsumerState.CLOSED) {
            err.println("a consumer did not end within its drain-timeout; its calls in flight will be made again");
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
    }
}
