package io.bywash.dev;

import io.bywash.runtime.cli.ExitCode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        description =
                "Sends one record of text, to see what a handler makes of it. For the broker that dev starts, or any other that"
                        + " asks for neither TLS nor SASL.")
final class SendCommand implements Callable<Integer> {
    private static final int PATIENCE_MS = 10_000;

    @Option(names = "--broker", required = true, paramLabel = "HOST:PORT", description = "The broker, as dev shows it.")
    private String broker = "";

    @Parameters(
            index = "0",
            paramLabel = "TOPIC",
            description = "The topic. It must exist; dev creates those of its handlers.")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The key, which decides on the partition.")
    private String key = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "The value.")
    private String value = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        DevLogging.quiet();
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker,
                "client.id",
                "send",
                "max.block.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS / 2,
                "linger.ms",
                0,
                "delivery.timeout.ms",
                PATIENCE_MS);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            RecordMetadata sent =
                    producer.send(new ProducerRecord<>(topic, key, value)).get();
            spec.commandLine()
                    .getOut()
                    .println("sent as " + sent.topic() + "-" + sent.partition() + "@" + sent.offset());
            return ExitCode.OK.code();
        } catch (ExecutionException | KafkaException e) {
            return refused(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private int refused(Throwable cause) {
        spec.commandLine()
                .getErr()
                .println("the record was not sent to " + broker + ": " + cause.getMessage()
                        + "; is that the broker that dev shows, and is there a topic " + topic + "?");
        return ExitCode.BROKER.code();
    }
}
