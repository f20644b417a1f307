package io.bywash.runtime.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command line of Bywash. */
@Command(
        name = "bywash",
        description =
                "Consumes Kafka topics with the handlers it finds: a slow, failing or poisonous record holds up no"
                        + " more than it must.",
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(commandLine(new ProcessSignals(), out, err).execute(arguments));
    }

    /**
     * Creates the command line with its commands, the added ones included.
     *
     * @param stopping where requests to stop come from
     * @param out where results go
     * @param err where messages go
     * @return what executes arguments and returns the exit code
     */
    public static CommandLine commandLine(StopSource stopping, PrintWriter out, PrintWriter err) {
        CommandLine bywash = new CommandLine(new Main());
        bywash.addSubcommand(new RunCommand(stopping));
        bywash.addSubcommand(new LintCommand());
        bywash.addSubcommand(new ExplainCommand());
        bywash.addSubcommand(new ListCommand());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> bywash.addSubcommand(provider.command(stopping)));
        helpful(bywash);
        bywash.addSubcommand(new HelpCommand());
        bywash.setOut(out);
        bywash.setErr(err);
        bywash.setExecutionExceptionHandler(new Failures());
        bywash.setParameterExceptionHandler(new UsageErrors());
        bywash.setCaseInsensitiveEnumValuesAllowed(true);
        return bywash;
    }

    private static void helpful(CommandLine command) {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(String.valueOf(code.code()), code.meaning()));
        command.getCommandSpec().usageMessage().exitCodeList(codes).exitCodeListHeading("%nExit codes:%n");
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Main::helpful);
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"bywash " + (version == null ? "(not packaged)" : version)};
        }
    }
}
