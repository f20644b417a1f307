package io.bywash.monitoring;

import com.sun.net.httpserver.Headers;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * The metrics in the form that is asked for: OpenMetrics or the text format of Prometheus, gzipped or not. An answer is kept until there
 * can be something new to say, so that those who ask all the time cost little.
 */
final class MetricsPage implements Page {
    private final Supplier<MetricSnapshots> metrics;
    private final long keptNanos;
    private final Map<Form, Answer> answers = new HashMap<>();

    /** What an answer may look like. */
    private record Form(boolean isOpenMetrics, boolean isGzipped) {
        static Form of(Headers request) {
            return new Form(
                    String.valueOf(request.get("Accept")).contains("application/openmetrics-text"),
                    String.valueOf(request.get("Accept-Encoding")).contains("gzip"));
        }

        ExpositionFormatWriter writer() {
            return isOpenMetrics ? OpenMetricsTextFormatWriter.create() : PrometheusTextFormatWriter.create();
        }
    }

    private record Answer(long made, Reply reply) {}

    MetricsPage(Supplier<MetricSnapshots> metrics, Duration kept) {
        this.metrics = metrics;
        this.keptNanos = kept.toNanos();
    }

    @Override
    public synchronized Reply answer(Headers request) throws IOException {
        Form form = Form.of(request);
        Optional<Answer> kept = Optional.ofNullable(answers.get(form));
        if (kept.isPresent() && System.nanoTime() - kept.get().made() < keptNanos) {
            return kept.get().reply();
        }
        Reply reply = render(form);
        answers.put(form, new Answer(System.nanoTime(), reply));
        return reply;
    }

    private Reply render(Form form) throws IOException {
        ExpositionFormatWriter writer = form.writer();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = form.isGzipped() ? new GZIPOutputStream(body) : body) {
            writer.write(out, metrics.get(), EscapingScheme.UNDERSCORE_ESCAPING);
        }
        Map<String, String> headers =
                new HashMap<>(Map.of("Content-Type", writer.getContentType(), "Vary", "Accept, Accept-Encoding"));
        if (form.isGzipped()) {
            headers.put("Content-Encoding", "gzip");
        }
        return new Reply(200, Map.copyOf(headers), body.toByteArray());
    }
}
