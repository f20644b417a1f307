package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopSource;
import io.bywash.tools.project.HandlerProject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a new handler project. */
@Command(
        name = "create",
        description = "Creates a Maven project with a handler and its test, which builds and passes as it is.")
public final class CreateCommand implements CommandProvider, Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FOLDER",
            description = "Where to; a new or empty folder, whose name the project, its jar and its handler get.")
    private Path folder;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The Java package. Default: one of its own under com.example.")
    private Optional<String> javaPackage = Optional.empty();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "greetings",
            description = "The topic the handler reads. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Mixin
    private OutputOption output;

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public CreateCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }

    @Override
    public Integer call() {
        return Attempt.at(output, () -> {
            Path whole = folder.toAbsolutePath().normalize();
            String name = Objects.toString(whole.getFileName(), "");
            HandlerProject project =
                    new HandlerProject(name, javaPackage.orElseGet(() -> HandlerProject.packageOf(name)), topic);
            project.write(whole);
            if (output.isJson()) {
                output.json(Map.of(
                        "folder",
                        whole.toString(),
                        "handler",
                        project.javaPackage() + "." + project.className(),
                        "topic",
                        topic));
            } else {
                output.out().println("created " + whole + "; next: cd " + folder + " && mvn package");
            }
            return ExitCode.OK;
        });
    }
}
