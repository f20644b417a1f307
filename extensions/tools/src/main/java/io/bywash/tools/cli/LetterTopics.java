package io.bywash.tools.cli;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.deadletter.LetterSource;
import io.bywash.tools.deadletter.Letters;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The dead-letter topics a command is about. A picocli mixin. */
final class LetterTopics {

    @Mixin
    private ConsumerChoice consumers;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "Only this topic, by its own name or by that of its source. Default: all dead-letter topics.")
    private Optional<String> topic = Optional.empty();

    /**
     * A dead-letter topic with what its consumer is told.
     *
     * @param settings the consumer
     * @param source the topic
     */
    record Chosen(ConsumerSettings settings, LetterSource source) {}

    List<Chosen> chosen(PrintWriter err) {
        return chosen(
                err,
                topic.orElse("that is wanted"),
                source -> topic.filter(name -> !name.equals(source.topic())
                                && !source.redriveTopics().containsKey(name))
                        .isEmpty());
    }

    /** Returns the consumer whose dead-letter topic this is. */
    ConsumerSettings consumerOf(String letterTopic, PrintWriter err) {
        return chosen(err, letterTopic, source -> source.topic().equals(letterTopic))
                .get(0)
                .settings();
    }

    private List<Chosen> chosen(PrintWriter err, String wanted, Predicate<LetterSource> which) {
        List<Chosen> all = consumers.settings(err).stream()
                .flatMap(settings ->
                        new Letters(settings).sources().stream().map(source -> new Chosen(settings, source)))
                .toList();
        List<Chosen> chosen =
                all.stream().filter(one -> which.test(one.source())).toList();
        if (chosen.isEmpty()) {
            throw ToolException.notFound("no consumer has the dead-letter topic " + wanted + "; there are "
                    + all.stream().map(one -> one.source().topic()).collect(Collectors.joining(", ")));
        }
        return chosen;
    }
}
