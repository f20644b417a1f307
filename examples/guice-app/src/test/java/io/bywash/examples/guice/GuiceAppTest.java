package io.bywash.examples.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Injector;
import com.typesafe.config.ConfigFactory;
import io.bywash.runtime.Bywash;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuiceAppTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @Test
    @Timeout(60)
    void theInjectorsHandlerReceivesWhatIsSent() {
        EmbeddedKafka cluster = KAFKA.cluster();
        cluster.createTopic("greetings", 1);
        cluster.produce("greetings", "Ada", "good morning");
        // As a user would: through the property that application.conf and KAFKA_BOOTSTRAP_SERVERS lead to.
        System.setProperty("bywash.kafka.bootstrap.servers", cluster.bootstrapServers());
        ConfigFactory.invalidateCaches();
        Injector app = GuiceApp.start();
        try {
            Greetings greetings = app.getInstance(Greetings.class);
            while (greetings.received().isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertEquals(List.of("Ada says good morning"), greetings.received());
        } finally {
            app.getInstance(Bywash.class).close();
            System.clearProperty("bywash.kafka.bootstrap.servers");
        }
    }
}
