package io.bywash.console.stream;

import io.bywash.console.http.Json;
import io.bywash.console.view.PartitionView;
import io.bywash.console.view.PartitionsView;
import io.bywash.console.view.Views;
import io.bywash.core.GroupConsumer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes frames of the overview and of the partitions that look different from the frame before. For one thread. */
public final class Changes implements Supplier<Frame> {
    private final Views views;
    private final Map<String, GroupConsumer> consumers;
    private final Map<String, Map<String, PartitionView>> before = new HashMap<>();

    /**
     * Creates the source of frames.
     *
     * @param views says where consumers stand
     * @param consumers the consumers by name
     */
    public Changes(Views views, Map<String, GroupConsumer> consumers) {
        this.views = views;
        this.consumers = consumers;
    }

    private record Changed(
            String consumer, String taken, boolean whole, List<PartitionView> partitions, List<String> gone) {}

    @Override
    public Frame get() {
        byte[] overview = event("overview", views.overview());
        Map<String, PartitionsView> now = new LinkedHashMap<>();
        consumers.forEach((name, consumer) -> now.put(name, views.partitions(consumer)));
        List<byte[]> delta = new ArrayList<>(List.of(overview));
        now.forEach((name, all) -> {
            Changed changed = changed(name, all);
            if (!changed.partitions.isEmpty() || !changed.gone.isEmpty()) {
                delta.add(event("partitions", changed));
            }
        });
        return new Frame(joined(delta), () -> {
            List<byte[]> whole = new ArrayList<>(List.of(overview));
            now.forEach((name, all) ->
                    whole.add(event("partitions", new Changed(name, all.taken(), true, all.partitions(), List.of()))));
            return joined(whole);
        });
    }

    private Changed changed(String consumer, PartitionsView all) {
        Map<String, PartitionView> now =
                all.partitions().stream().collect(Collectors.toMap(Changes::name, Function.identity()));
        Map<String, PartitionView> old = before.getOrDefault(consumer, Map.of());
        before.put(consumer, now);
        return new Changed(
                consumer,
                all.taken(),
                false,
                all.partitions().stream()
                        .filter(one -> !one.equals(old.get(name(one))))
                        .toList(),
                old.keySet().stream()
                        .filter(name -> !now.containsKey(name))
                        .sorted()
                        .toList());
    }

    private static String name(PartitionView partition) {
        return partition.topic() + "-" + partition.partition();
    }

    /** JSON has no line breaks, so one line of data is enough. */
    private static byte[] event(String name, Object data) {
        return joined(
                List.of(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8), Json.bytes(data), new byte[] {
                    '\n', '\n'
                }));
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
