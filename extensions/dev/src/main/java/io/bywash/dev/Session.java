package io.bywash.dev;

import io.bywash.runtime.Bywash;
import io.bywash.runtime.cli.ClosingLine;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.Latecomers;
import io.bywash.runtime.cli.RunReport;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.testkit.EmbeddedKafka;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run of the command: starts the consumers, says every second how far they are, and stops them. */
final class Session {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final PrintWriter out;
    private final Bywash bywash;
    private final StatusLine status;
    private final ClosingLine closing;
    private final DeadLetterNotes letters;

    /** What sends, and its thread. */
    record Sending(Traffic traffic, Thread thread) {}

    Session(PrintWriter out, StatusLine status, ClosingLine closing, DeadLetterNotes letters, Bywash bywash) {
        this.out = out;
        this.bywash = bywash;
        this.status = status;
        this.closing = closing;
        this.letters = letters;
    }

    ExitCode untilStopped(StopRequest stop) throws InterruptedException {
        start();
        out.println("Ctrl-C stops.");
        Latecomers latecomers = new Latecomers(bywash);
        while (!stop.await(SECOND) && !bywash.state().isFinal()) {
            out.println(status);
            latecomers.due().forEach(out::println);
        }
        return finish();
    }

    ExitCode untilComplete(StopRequest stop, Sending sending, Verification verification, EmbeddedKafka kafka)
            throws InterruptedException {
        bywash.preparation().plan().consumers().forEach(verification::watch);
        start();
        long next = System.nanoTime();
        while (!stop.await(GLANCE) && !bywash.state().isFinal()) {
            if (System.nanoTime() - next >= 0) {
                out.println(status);
                next += SECOND.toNanos();
            }
            if (!sending.thread().isAlive() && isComplete(verification)) {
                break;
            }
        }
        ExitCode end = finish();
        return end == ExitCode.OK ? verify(sending.traffic(), verification, kafka) : end;
    }

    private void start() {
        new RunReport(bywash.preparation().plan()).lines().forEach(out::println);
        bywash.preparation().plan().notes().forEach(note -> out.println("note: " + note));
        bywash.start();
    }

    private boolean isComplete(Verification verification) {
        return bywash.preparation().plan().consumers().stream().allMatch(verification::isComplete);
    }

    private ExitCode finish() {
        out.println(closing.close());
        letters.summary().forEach(out::println);
        return bywash.failure()
                .map(failure -> {
                    out.println(failure.getMessage());
                    return ExitCode.of(failure);
                })
                .orElse(ExitCode.OK);
    }

    private ExitCode verify(Traffic traffic, Verification verification, EmbeddedKafka kafka) {
        List<String> problems = new ArrayList<>(traffic.problems());
        for (ConsumerPlan consumer : bywash.preparation().plan().consumers()) {
            out.println(verification.summary(consumer));
            problems.addAll(verification.problems(consumer, kafka));
        }
        problems.forEach(problem -> out.println("WRONG: " + problem));
        out.println(
                problems.isEmpty()
                        ? "verified: every record was handled or dead-lettered once, in order, and committed"
                        : String.format(Locale.ROOT, "not as it should be: %d findings", problems.size()));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION;
    }
}
