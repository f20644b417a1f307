package io.bywash.benchmarks.subject;

import com.typesafe.config.ConfigFactory;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bywash as an application whose metrics are all looked at: in JMX, and on the monitoring port once a second. */
final class BywashWatched implements Subject {
    private static final URI METRICS = URI.create("http://127.0.0.1:9464/metrics");
    private static final String HANDLER = "watched";

    @Override
    public Stop start(Workload workload, Work work) {
        TopicHandler<byte[], byte[]> handler = (record, context) -> work.handle(record);
        Map<String, Object> settings = Map.of(
                "bywash.kafka",
                workload.withoutGroup(),
                "bywash.consumers.watched",
                Map.of(
                        "group",
                        workload.group(),
                        "topics",
                        List.of(workload.topic()),
                        "handler",
                        HANDLER,
                        "dead-letter-topic",
                        Workload.LETTERS));
        Bywash bywash = Bywash.builder()
                .config(ConfigFactory.parseMap(settings))
                .handler(new HandlerBinding<>(HANDLER, handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .start();
        ScheduledExecutorService scraper = Executors.newSingleThreadScheduledExecutor();
        HttpClient client = HttpClient.newHttpClient();
        scraper.scheduleAtFixedRate(() -> scrape(client), 1, 1, TimeUnit.SECONDS);
        return () -> {
            scraper.shutdown();
            bywash.close();
        };
    }

    private static void scrape(HttpClient client) {
        try {
            int status = client.send(HttpRequest.newBuilder(METRICS).build(), BodyHandlers.ofByteArray())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException(METRICS + " answers with " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(METRICS + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
