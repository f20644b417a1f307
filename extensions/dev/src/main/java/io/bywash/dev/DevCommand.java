package io.bywash.dev;

import com.codahale.metrics.MetricRegistry;
import com.typesafe.config.Config;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashBuilder;
import io.bywash.runtime.cli.ClosingLine;
import io.bywash.runtime.cli.ConfigOption;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.runtime.cli.StopSource;
import io.bywash.testkit.EmbeddedKafkaException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
                    + " fills the topic orders with orders, a few of them bad and one slow. With bootstrap servers it uses those, and sends"
                    + " nothing."
        })
final class DevCommand implements Callable<Integer> {
    private static final int LIVE_PER_SECOND = 200;
    private static final String DEMO_TOPIC = "orders";
    private static final int LAST_PORT = 65_535;

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
            names = "--port",
            paramLabel = "PORT",
            description = "The port of the embedded broker on 127.0.0.1. Without it, one that is free.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--traffic",
            paramLabel = "TOPIC",
            split = ",",
            description =
                    "Fills these topics with orders instead of the topic orders. Other topics stay empty until you send"
                            + " something: bywash send.")
    private List<String> traffic = List.of(DEMO_TOPIC);

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Sends N orders to each topic with traffic as fast as it can, instead of " + LIVE_PER_SECOND
                    + " a second without end.")
    private long records;

    @Option(
            names = "--exit",
            description =
                    "With --records: ends once all are complete, checks that each was handled or dead-lettered as it"
                            + " should be, once and in order, and that the slow order held up no other, and exits with 0"
                            + " or 5.")
    private boolean exit;

    @Spec
    private CommandSpec spec;

    DevCommand(StopSource stopping) {
        this.stopping = stopping;
    }

    @Override
    public Integer call() throws InterruptedException {
        DevLogging.quiet();
        if (records < 0 || (exit && records == 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--records is " + records + ", but must be at least 1"
                            + (exit ? "; --exit needs it to know the end" : ""));
        }
        if (port.filter(number -> number < 1 || number > LAST_PORT).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--port is " + port.get() + ", but must be from 1 to " + LAST_PORT);
        }
        Config loaded = config.load();
        if (loaded.hasPath("bywash.kafka.bootstrap.servers")) {
            return onGivenBroker(loaded).code();
        }
        // Listens first and answers last, so that a signal at any time leaves neither a broker's data nor a folder.
        try (StopRequest stop = stopping.listen();
                DevFolder folder = DevFolder.of(data);
                DevBroker broker = DevBroker.start(folder, port)) {
            DevConsole console = DevConsole.choose(loaded);
            introduce(broker.kafka().bootstrapServers(), console);
            return onEmbeddedBroker(broker, console.lead(loaded), stop).code();
        } catch (EmbeddedKafkaException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.BROKER.code();
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
        CallsInFlight calls = new CallsInFlight();
        DeadLetterNotes letters = new DeadLetterNotes(out());
        Bywash bywash = builder(loaded, metrics)
                .listener(letters)
                .wrap(Wrapping.singles(calls))
                .build();
        Session session = new Session(
                out(),
                new StatusLine(bywash, metrics, calls, Optional.empty()),
                new ClosingLine(bywash, metrics),
                letters,
                bywash);
        try (StopRequest stop = stopping.listen()) {
            return session.untilStopped(stop);
        }
    }

    private ExitCode onEmbeddedBroker(DevBroker broker, Config loaded, StopRequest stop) throws InterruptedException {
        MetricRegistry metrics = new MetricRegistry();
        Journal journal = new Journal();
        CallsInFlight calls = new CallsInFlight();
        SlowOrder slow = new SlowOrder(SlowOrder.PATIENCE);
        Around around = calls.around(slow);
        DeadLetterNotes letters = new DeadLetterNotes(out());
        BywashBuilder builder = builder(broker.lead(loaded), metrics).listener(letters);
        if (exit) {
            builder.listener(journal);
        }
        Bywash bywash = builder.wrap(exit ? Wrapping.all(journal.around(around)) : Wrapping.singles(around))
                .build();
        Set<String> filled = createTopics(broker, bywash);
        Traffic orders = new Traffic(
                broker.kafka().bootstrapServers(),
                filled,
                new Traffic.Pace(records, records > 0 ? 0 : LIVE_PER_SECOND),
                exit ? journal : (position, order, kind) -> {});
        Session session = new Session(
                out(),
                new StatusLine(bywash, metrics, calls, Optional.of(new Arrivals(bywash, broker.kafka()))),
                new ClosingLine(bywash, metrics),
                letters,
                bywash);
        Thread sending = new Thread(orders, "dev-traffic");
        try {
            sending.start();
            ExitCode code = exit
                    ? session.untilComplete(
                            stop, new Session.Sending(orders, sending), new Verification(journal, slow), broker.kafka())
                    : session.untilStopped(stop);
            slow.summary().ifPresent(out()::println);
            return code;
        } finally {
            orders.stop();
            sending.join();
        }
    }

    private void introduce(String bootstrap, DevConsole console) {
        Box.lines(
                        "An embedded broker for development. Not for production.",
                        "console  " + console.address(),
                        "kafka    " + bootstrap,
                        "send     bywash send --broker " + bootstrap + " TOPIC KEY VALUE")
                .forEach(out()::println);
    }

    /** Creates all topics; returns those to fill. */
    private Set<String> createTopics(DevBroker broker, Bywash bywash) {
        Set<String> read = DevTopics.of(bywash.preparation().plan().consumers());
        Set<String> filled = new TreeSet<>(traffic);
        if (traffic.equals(List.of(DEMO_TOPIC)) && !read.contains(DEMO_TOPIC)) {
            filled.clear();
            if (records > 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--records has nothing to fill, since no handler reads the topic " + DEMO_TOPIC
                                + "; name another with --traffic");
            }
            out().println("No handler reads the topic " + DEMO_TOPIC
                    + ", so nothing is sent; send it yourself, or name a topic"
                    + " to fill with orders with --traffic.");
        }
        Set<String> all = new TreeSet<>(read);
        all.addAll(filled);
        broker.createTopics(all);
        return filled;
    }

    private static BywashBuilder builder(Config whole, MetricRegistry metrics) {
        return Bywash.builder().config(whole).metrics(metrics);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
