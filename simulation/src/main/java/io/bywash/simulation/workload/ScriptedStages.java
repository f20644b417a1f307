package io.bywash.simulation.workload;

import io.bywash.core.event.RecordPosition;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import io.bywash.simulation.schedule.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The handler of one process that returns stages: complete ones, failed ones, most often one that completes later. */
final class ScriptedStages implements AsyncTopicHandler<String, Nature> {
    private final String process;
    private final Stage stage;
    private final Script script;
    private final Oracle oracle;
    private final Notices notices;

    private enum Way {
        THROW,
        RETURN,
        LATER
    }

    /** The work for one record. */
    record Work(ConsumerRecord<String, Nature> record, RecordPosition position, int attempt) {}

    ScriptedStages(String process, Stage stage, Script script, Oracle oracle) {
        this.process = process;
        this.stage = stage;
        this.script = script;
        this.oracle = oracle;
        this.notices = new Notices(process, script, oracle);
    }

    @Override
    public CompletionStage<?> handleAsync(ConsumerRecord<String, Nature> record, HandlerContext context)
            throws Exception {
        Work work = new Work(record, new RecordPosition(context.partition(), record.offset()), context.attempt());
        Way way = script.pick(List.of(Way.LATER, Way.LATER, Way.LATER, Way.LATER, Way.THROW, Way.RETURN));
        if (way == Way.LATER) {
            oracle.workGoesOn(process, record);
            return new PendingStage(process, work, this, script);
        }
        Optional<Throwable> failure = attempt(work);
        if (failure.isEmpty()) {
            return CompletableFuture.completedFuture("done");
        }
        if (way == Way.THROW && failure.get() instanceof Exception exception) {
            throw exception;
        }
        return CompletableFuture.failedFuture(failure.get());
    }

    /** Does the work for a record; returns why it failed, if it did. */
    Optional<Throwable> attempt(Work work) {
        Optional<Throwable> failure = Optional.empty();
        try {
            script.act(work.position(), work.record().value());
        } catch (Exception | Error thrown) {
            failure = Optional.of(thrown);
        }
        oracle.attempted(process, work.record(), work.attempt(), failure);
        return failure;
    }

    /** Gives the work for a record up. */
    void cancel(Work work, Throwable failure) {
        oracle.attempted(process, work.record(), work.attempt(), Optional.of(failure));
    }

    Stage stage() {
        return stage;
    }

    Oracle oracle() {
        return oracle;
    }

    @Override
    public void assigned(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.ASSIGNED);
    }

    @Override
    public void revoked(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.REVOKED);
    }

    @Override
    public void lost(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.LOST);
    }
}
