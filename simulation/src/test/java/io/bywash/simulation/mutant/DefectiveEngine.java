package io.bywash.simulation.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Engine and simulation with a defect, in a class loader of their own. */
final class DefectiveEngine extends ClassLoader {
    private static final Path SOURCES = Path.of("..", "core", "src", "main", "java");
    private static final Path ENGINE = SOURCES.resolve(Path.of("io", "bywash", "core"));

    private final Path classes;

    /**
     * What a seed showed.
     *
     * @param seed the seed
     * @param invariant the name of what it found broken
     * @param message how
     */
    record Catch(long seed, String invariant, String message) {}

    private DefectiveEngine(Path classes) {
        super(DefectiveEngine.class.getClassLoader());
        this.classes = classes;
    }

    /** Compiles the engine's classes with a defect into a directory, and loads the rest from where it is. */
    static DefectiveEngine with(Mutant mutant, Path directory) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Mutant.Edit edit : mutant.edits()) {
            String source = sources.containsKey(edit.file())
                    ? sources.get(edit.file())
                    : Files.readString(ENGINE.resolve(edit.file()));
            sources.put(edit.file(), edit.apply(source));
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("the defect does not compile: " + mutant.defect());
        }
        return new DefectiveEngine(directory);
    }

    /**
     * Runs seeds until one finds something.
     *
     * @param first where to begin
     * @param count how many to run
     */
    Optional<Catch> hunt(long first, int count) throws ReflectiveOperationException {
        Method run = loadClass("io.bywash.simulation.Simulation").getMethod("run", long.class);
        for (long seed = first; seed < first + count; seed++) {
            try {
                run.invoke(null, seed);
            } catch (InvocationTargetException e) {
                return Optional.of(caught(seed, e.getCause()));
            }
        }
        return Optional.empty();
    }

    /** Runs a class of the simulation, which finds the defective engine in the place of its own. */
    void run(Class<? extends Runnable> there) throws ReflectiveOperationException {
        ((Runnable) loadClass(there.getName()).getConstructor().newInstance()).run();
    }

    private static Catch caught(long seed, Throwable broken) throws ReflectiveOperationException {
        if (!broken.getClass().getSimpleName().equals("InvariantBrokenException")) {
            throw new IllegalStateException("seed " + seed + " ended without a verdict", broken);
        }
        Enum<?> invariant = (Enum<?>) broken.getClass().getMethod("invariant").invoke(broken);
        return new Catch(
                seed, invariant.name(), broken.getMessage().lines().findFirst().orElseThrow());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.bywash.core.") && !name.startsWith("io.bywash.simulation.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        Path defective = classes.resolve(file);
        try (InputStream bytes = Files.exists(defective)
                ? Files.newInputStream(defective)
                : getParent().getResourceAsStream(file)) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] content = bytes.readAllBytes();
            return defineClass(name, content, 0, content.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
