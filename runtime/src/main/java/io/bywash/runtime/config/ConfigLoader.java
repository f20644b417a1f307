package io.bywash.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the configuration. What comes first wins: environment variables {@code CONFIG_FORCE_…}, system properties, the file (or
 * {@code application.conf} of the class path, or what {@code -Dconfig.file} names), and the {@code reference.conf} of every jar.
 */
public final class ConfigLoader {
    private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'");

    private final ClassLoader classPath;

    /**
     * Creates a loader.
     *
     * @param classPath where {@code application.conf} and {@code reference.conf} are looked for
     */
    public ConfigLoader(ClassLoader classPath) {
        this.classPath = classPath;
    }

    /**
     * Loads the configuration.
     *
     * @param file the file to read; empty for {@code application.conf}
     * @return all of it; substitutions without a value are left as they are, for {@link SettingsReader} to report together with
     *     everything else
     * @throws InvalidConfigurationException if the file is missing or is not HOCON
     */
    public Config load(Optional<Path> file) {
        try {
            // Each of these is read once per JVM and kept, unless told otherwise.
            ConfigFactory.invalidateCaches();
            // The library would read the file that the system property names, but say of a missing one that it is not
            // HOCON.
            Config own = file.or(() -> Optional.ofNullable(System.getProperty("config.file"))
                            .map(Path::of))
                    .map(this::parse)
                    .orElseGet(this::application);
            Config overrides =
                    ConfigFactory.systemEnvironmentOverrides().withFallback(ConfigFactory.systemProperties());
            return complete(overrides.withFallback(own));
        } catch (ConfigException e) {
            throw unreadable(e);
        }
    }

    /**
     * Puts the defaults of every {@code reference.conf} behind a configuration and fills in its substitutions.
     *
     * @param config a configuration, resolved or not
     * @return all of it; substitutions without a value are left as they are
     */
    public Config complete(Config config) {
        return config.withFallback(ConfigFactory.defaultReferenceUnresolved(classPath))
                .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    }

    /**
     * Returns the keys under {@code bywash} that some {@code reference.conf} has: those of the runtime and of its extensions.
     *
     * @return the keys
     */
    public Set<String> referenceKeys() {
        Config reference = ConfigFactory.defaultReference(classPath);
        return reference.hasPath(SettingsReader.ROOT)
                ? new TreeSet<>(reference.getObject(SettingsReader.ROOT).keySet())
                : Set.of();
    }

    private Config application() {
        return ConfigFactory.defaultApplication(ConfigParseOptions.defaults().setClassLoader(classPath));
    }

    private Config parse(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            String what = !Files.exists(file)
                    ? "does not exist"
                    : Files.isDirectory(file) ? "is a directory" : "cannot be read";
            throw new InvalidConfigurationException(List.of(new Problem(
                    "configuration file " + file,
                    "",
                    what + " (" + file.toAbsolutePath() + "); name a readable file")));
        }
        return ConfigFactory.parseFile(
                file.toFile(),
                ConfigParseOptions.defaults().setAllowMissing(false).setClassLoader(classPath));
    }

    /** The library asks for a parenthesis where a brace is missing. */
    private static String inBraces(String reason) {
        return reason.replace(
                        "expecting a close parentheses ')' here, not: end of file", "a brace is never closed; add a }")
                .replace("a close parentheses ')'", "a closing brace }");
    }

    /** What the library quotes may be a secret, where an equals sign is missing before it; single characters are what it stumbled over. */
    private static String withoutQuotes(String reason) {
        return QUOTED.matcher(reason).replaceAll("'…'");
    }

    private static InvalidConfigurationException unreadable(ConfigException e) {
        String where = e.origin() == null ? "" : Origins.describe(e.origin());
        String message = String.valueOf(e.getMessage());
        String reason = e.origin() != null && message.startsWith(e.origin().description() + ": ")
                ? message.substring(e.origin().description().length() + 2)
                : message;
        return new InvalidConfigurationException(
                List.of(new Problem("not HOCON", where, withoutQuotes(inBraces(reason)))));
    }
}
