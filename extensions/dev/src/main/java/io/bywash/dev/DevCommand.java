package io.bywash.dev;

import com.codahale.metrics.MetricRegistry;
import com.typesafe.config.Config;
import io.bywash.core.event.GroupEvent;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashBuilder;
import io.bywash.runtime.cli.ConfigOption;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.runtime.cli.StopSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "dev",
        description = {
            "Runs every handler of the class path and of the handlers folder on live traffic. Not for production.",
            "Without bootstrap servers in the configuration it starts an embedded broker, creates the topics of the handlers and"
                    + " fills them with orders, a few of them bad. With bootstrap servers it uses those, and sends nothing."
        })
final class DevCommand implements Callable<Integer> {
    private static final int LIVE_PER_SECOND = 200;
    private static final String LOGGING = "logback.configurationFile";

    private final StopSource stopping;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keeps topics, offsets and the demo's database in this folder. Without it they end with the command.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Sends N records to each topic as fast as it can, instead of " + LIVE_PER_SECOND
                    + " a second without end.")
    private long records;

    @Option(
            names = "--exit",
            description =
                    "With --records: ends once all are complete, checks that each was handled or dead-lettered as it"
                            + " should be, once and in order, and exits with 0 or 5.")
    private boolean exit;

    @Spec
    private CommandSpec spec;

    DevCommand(StopSource stopping) {
        this.stopping = stopping;
    }

    @Override
    public Integer call() throws InterruptedException {
        logLittle();
        if (records < 0 || (exit && records == 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--records is " + records + ", but must be at least 1"
                            + (exit ? "; --exit needs it to know the end" : ""));
        }
        Config loaded = config.load();
        if (loaded.hasPath("bywash.kafka.bootstrap.servers")) {
            return onGivenBroker(loaded).code();
        }
        // Listens first and answers last, so that a signal at any time leaves neither a broker's data nor a folder.
        try (StopRequest stop = stopping.listen();
                DevFolder folder = DevFolder.of(data);
                DevBroker broker = DevBroker.start(folder)) {
            return onEmbeddedBroker(broker, loaded, stop).code();
        }
    }

    private ExitCode onGivenBroker(Config loaded) throws InterruptedException {
        if (exit) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--exit checks traffic of its own, which is sent to an embedded broker only; leave out"
                            + " bywash.kafka.bootstrap.servers");
        }
        out().println("The configuration names a broker, so it is used, and no traffic is sent.");
        MetricRegistry metrics = new MetricRegistry();
        Session session = new Session(out(), metrics, builder(loaded, metrics).build());
        try (StopRequest stop = stopping.listen()) {
            return session.untilStopped(stop);
        }
    }

    private ExitCode onEmbeddedBroker(DevBroker broker, Config loaded, StopRequest stop) throws InterruptedException {
        Box.lines(
                        "An embedded broker for development. Not for production.",
                        "kafka  " + broker.kafka().bootstrapServers())
                .forEach(out()::println);
        MetricRegistry metrics = new MetricRegistry();
        Journal journal = new Journal();
        BywashBuilder builder = builder(broker.lead(loaded), metrics);
        if (exit) {
            builder.wrap(journal).listener(journal);
        }
        Bywash bywash = builder.build();
        Set<String> topics = DevTopics.of(bywash.preparation().plan().consumers());
        broker.createTopics(topics);
        Traffic traffic = new Traffic(
                broker.kafka().bootstrapServers(),
                topics,
                new Traffic.Pace(records, records > 0 ? 0 : LIVE_PER_SECOND),
                exit ? journal : (position, kind) -> {});
        Session session = new Session(out(), metrics, bywash);
        Thread sending = new Thread(traffic, "dev-traffic");
        try {
            sending.start();
            return exit
                    ? session.untilComplete(stop, sending, new Verification(journal), broker.kafka())
                    : session.untilStopped(stop);
        } finally {
            traffic.stop();
            sending.join();
        }
    }

    /** The command tells by itself what becomes of records. Logback asks when the first logger is made, which is later. */
    private static void logLittle() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "logback-dev.xml");
        }
    }

    private BywashBuilder builder(Config whole, MetricRegistry metrics) {
        return Bywash.builder().config(whole).metrics(metrics).listener((consumer, event) -> {
            if (event instanceof GroupEvent.DeadLettered letter) {
                out().println("        " + consumer + ": " + letter.record() + " went to " + letter.topic() + " after "
                        + letter.attempts() + (letter.attempts() == 1 ? " attempt" : " attempts"));
            }
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
