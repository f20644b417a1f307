package io.bywash.simulation.workload;

import io.bywash.core.GroupReader;
import io.bywash.core.pull.PartitionStream;
import io.bywash.simulation.oracle.ReadJudge;
import io.bywash.simulation.schedule.Chance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the records of each partition from a stream of its own. When a stream is over, it is closed after a while. */
final class StreamsReading implements Reading {
    private final String process;
    private final GroupReader<String, Nature> reader;
    private final ReadJudge judge;
    private final Chance chance;
    private final Map<PartitionStream<String, Nature>, Desk> desks = new LinkedHashMap<>();

    StreamsReading(String process, GroupReader<String, Nature> reader, ReadJudge judge, Chance chance) {
        this.process = process;
        this.reader = reader;
        this.judge = judge;
        this.chance = chance;
    }

    @Override
    public void take() {
        reader.partitions().poll(Duration.ZERO).ifPresent(stream -> {
            judge.opened(process, stream.partition());
            desks.put(stream, new Desk());
        });
        if (!desks.isEmpty()) {
            take(chance.pick(List.copyOf(desks.keySet())));
        }
    }

    private void take(PartitionStream<String, Nature> stream) {
        Desk desk = desks.getOrDefault(stream, new Desk());
        if (stream.isOpen()) {
            stream.poll(Duration.ZERO).ifPresent(record -> {
                judge.taken(process, record, record.raw(), stream.text());
                desk.put(record);
            });
        } else if (desk.isEmpty() || chance.happens(0.3)) {
            close(stream);
        }
    }

    private void close(PartitionStream<String, Nature> stream) {
        desks.remove(stream);
        stream.close();
        judge.closed(process, stream.partition());
    }

    @Override
    public List<Desk> desks() {
        return List.copyOf(desks.values());
    }

    @Override
    public void end() {
        List.copyOf(desks.keySet()).forEach(this::close);
        reader.partitions().close();
    }
}
