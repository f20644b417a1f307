package io.bywash.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link SecuredKafka} of the run to whoever asks, and closes it at the end of the run. */
final class SecuredKafkaExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SecuredKafka.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(SecuredKafkaExtension.class));
        // JUnit closes what came last first: the folder outlives the broker, and a broker that did not start.
        Folder folder = store.computeIfAbsent(Folder.class, type -> Folder.create(), Folder.class);
        return store.computeIfAbsent(SecuredKafka.class, type -> start(folder));
    }

    private static SecuredKafka start(Folder folder) {
        try {
            return new SecuredKafka(folder.path());
        } catch (Exception e) {
            throw new IllegalStateException("The secured broker did not start", e);
        }
    }

    /** A temporary folder of the whole run. */
    private record Folder(Path path) implements AutoCloseable {
        static Folder create() {
            try {
                return new Folder(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "secured-kafka"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            Utils.delete(path.toFile());
        }
    }
}
