package io.bywash.tools.cli;

import io.bywash.core.event.RecordPosition;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.deadletter.Letter;
import io.bywash.tools.deadletter.Letters;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "show",
        description =
                "Shows one dead letter with its key, value, headers and stack. What is no text is in hexadecimal.")
final class DlqShowCommand implements Callable<Integer> {

    @Mixin
    private LetterTopics topics;

    @Mixin
    private OutputOption output;

    @Parameters(
            index = "0",
            paramLabel = "LETTER",
            converter = Position.class,
            description = "The letter as list shows it, such as orders.billing.dlt-0@12.")
    private RecordPosition position;

    /** Reads where a letter stands. */
    private static final class Position implements ITypeConverter<RecordPosition> {
        private static final Pattern FORM = Pattern.compile("(.+)-([0-9]{1,9})@([0-9]{1,18})");

        @Override
        public RecordPosition convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text
                        + "' names no letter; write topic, partition and offset as in orders.billing.dlt-0@12");
            }
            TopicPartition partition = new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
            return new RecordPosition(partition, Long.parseLong(matcher.group(3)));
        }
    }

    @Override
    public Integer call() {
        return Attempt.at(output, () -> {
            Letters letters = new Letters(topics.consumerOf(position.partition().topic(), output.err()));
            Letter letter = letters.show(position);
            if (output.isJson()) {
                output.json(LetterView.wholeJson(letter));
            } else {
                print(letter);
            }
            return ExitCode.OK;
        });
    }

    private void print(Letter letter) {
        line("letter", letter.position().toString());
        line("state", letter.state() == Letter.State.REDRIVEN ? "sent back" : "pending");
        line("source", letter.source().map(RecordPosition::toString).orElse("(unknown)"));
        line("time", letter.time().toString());
        line("group", letter.group());
        line("handler", letter.handler());
        line(
                "attempts",
                letter.attempts().isPresent() ? String.valueOf(letter.attempts().getAsInt()) : "(unknown)");
        line("redrives", String.valueOf(letter.redrives()));
        line("exception", letter.error().type());
        line("message", letter.error().message());
        line("key", LetterView.text(letter.record().key()));
        line("value", LetterView.text(letter.record().value()));
        letter.ownHeaders().forEach(header -> line("header", header.key() + " = " + LetterView.text(header.value())));
        PrintWriter out = output.out();
        letter.error()
                .stack()
                .lines()
                .map(text -> text.replace("\t", "    "))
                .map(OutputOption::plain)
                .forEach(out::println);
    }

    private void line(String name, String text) {
        output.out().println(String.format("%-10s", name) + OutputOption.plain(text));
    }
}
