package io.bywash.simulation.workload;

import io.bywash.core.GroupReader;
import io.bywash.core.pull.ReadRecord;
import io.bywash.simulation.oracle.ReadJudge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Takes the records of all partitions from one stream. What is left of a partition that went stays where it is. */
final class StreamReading implements Reading {
    private final String process;
    private final GroupReader<String, Nature> reader;
    private final ReadJudge judge;
    private final Map<TopicPartition, Desk> desks = new LinkedHashMap<>();

    StreamReading(String process, GroupReader<String, Nature> reader, ReadJudge judge) {
        this.process = process;
        this.reader = reader;
        this.judge = judge;
    }

    @Override
    public void take() {
        reader.records().poll(Duration.ZERO).ifPresent(this::taken);
    }

    private void taken(ReadRecord<String, Nature> record) {
        judge.taken(process, record, record.raw(), reader.text(record.partition()));
        desks.computeIfAbsent(record.partition(), first -> new Desk()).put(record);
    }

    @Override
    public List<Desk> desks() {
        return List.copyOf(desks.values());
    }

    @Override
    public void end() {
        reader.records().close();
    }
}
