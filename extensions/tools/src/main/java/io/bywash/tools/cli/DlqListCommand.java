package io.bywash.tools.cli;

import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.deadletter.LetterPage;
import io.bywash.tools.deadletter.Letters;
import io.bywash.tools.deadletter.RedriveScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description =
                "Lists dead letters that have not been sent back: all by their exception, and the latest one by one.")
final class DlqListCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Mixin
    private LetterTopics topics;

    @Mixin
    private LetterChoice letters;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many letters to list one by one, 0 to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--again", description = "List those as well that have been sent back.")
    private boolean again;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit < 0 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + ", but must be from 0 to " + MOST);
        }
        return Attempt.at(output, () -> {
            List<Map<String, Object>> json = new ArrayList<>();
            for (LetterTopics.Chosen chosen : topics.chosen(output.err())) {
                LetterPage page = new Letters(chosen.settings())
                        .list(
                                chosen.source(),
                                letters.filter(),
                                again ? RedriveScope.ALL : RedriveScope.PENDING,
                                limit);
                if (output.isJson()) {
                    json.add(json(chosen, page));
                } else {
                    print(chosen, page);
                }
            }
            if (output.isJson()) {
                output.json(Map.of("topics", json));
            }
            return ExitCode.OK;
        });
    }

    private void print(LetterTopics.Chosen chosen, LetterPage page) {
        output.out().println(chosen.source().topic() + ": " + page.matching() + " of " + page.examined() + " letters");
        if (page.matching() > 0) {
            output.table(LetterView.groups(page.groups()), "");
            if (!page.letters().isEmpty()) {
                output.out().println();
                output.table(LetterView.letters(page.letters()), "");
            }
        }
    }

    private static Map<String, Object> json(LetterTopics.Chosen chosen, LetterPage page) {
        return Map.of(
                "topic", chosen.source().topic(),
                "consumer", chosen.source().consumer(),
                "matching", page.matching(),
                "examined", page.examined(),
                "groups", page.groups().stream().map(LetterView::json).toList(),
                "letters", page.letters().stream().map(LetterView::json).toList());
    }
}
