package io.bywash.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
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
        return context.getRoot()
                .getStore(Namespace.create(SecuredKafkaExtension.class))
                .computeIfAbsent(SecuredKafka.class, type -> start());
    }

    private static SecuredKafka start() {
        try {
            return new SecuredKafka(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "secured-kafka"));
        } catch (Exception e) {
            throw new IllegalStateException("The secured broker did not start", e);
        }
    }
}
