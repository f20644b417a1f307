package io.bywash.simulation.workload;

import io.bywash.core.GroupReader;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.pull.ReadRecord;
import io.bywash.simulation.oracle.ReadJudge;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * The one thread of an application that reads for itself: it takes records, marks some of what it has, a record or a position, with a
 * text or without, asks for a commit now and then, and goes back. It never waits, since a thread that waits for the engine would wait in real
 * time.
 */
public final class Application implements Actor {
    private static final List<Deed> DEEDS =
            List.of(Deed.TAKE, Deed.TAKE, Deed.TAKE, Deed.TAKE, Deed.TAKE, Deed.MARK, Deed.MARK, Deed.MARK, Deed.ORDER);

    private final String process;
    private final Stage stage;
    private final Script script;
    private final ReadJudge judge;
    private final GroupReader<String, Nature> reader;
    private final Reading reading;
    private long due;
    private int texts;
    private boolean over;

    private enum Deed {
        TAKE,
        MARK,
        ORDER
    }

    /** A reader and how it is used. */
    record Use(GroupReader<String, Nature> reader, Reading reading) {}

    Application(String process, Stage stage, Script script, ReadJudge judge, Use use) {
        this.process = process;
        this.stage = stage;
        this.script = script;
        this.judge = judge;
        this.reader = use.reader();
        this.reading = use.reading();
    }

    /** Tells whether it has nothing more to do. */
    public boolean isOver() {
        return over;
    }

    @Override
    public String name() {
        return process + "-application";
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void step() {
        if (reader.state().isFinal()) {
            reading.end();
            over = true;
            stage.scheduler().remove(this);
            return;
        }
        try {
            act(script.pick(DEEDS));
        } catch (ConsumerFailedException | KafkaException e) {
            stage.trace().note(process, "application: " + e.getMessage());
        }
        due = stage.clock().now() + script.duration();
    }

    private void act(Deed deed) {
        switch (deed) {
            case TAKE -> reading.take();
            case MARK -> mark();
            case ORDER -> order();
        }
    }

    private void order() {
        if (script.goesBack()) {
            List<Desk> desks = reading.desks();
            if (!desks.isEmpty()) {
                script.pick(desks).goBack().ifPresent(this::reset);
            }
        } else {
            commit();
        }
    }

    private void reset(ReadRecord<String, Nature> record) {
        stage.trace().note(process, "goes back to " + record);
        judge.reset(record, record.offset());
        reader.reset(record);
    }

    private void commit() {
        try {
            reader.commit(Duration.ZERO);
        } catch (IllegalStateException over) {
            stage.trace().note(process, "application: " + over.getMessage());
        }
    }

    private void mark() {
        List<Desk> full =
                reading.desks().stream().filter(desk -> !desk.isEmpty()).toList();
        if (!full.isEmpty()) {
            script.pick(full).finish(stage.chance()).ifPresent(this::mark);
        }
    }

    private void mark(ReadRecord<String, Nature> record) {
        Optional<String> text = Optional.empty();
        if (script.pick(List.of(true, false))) {
            texts++;
            text = Optional.of(process + " " + texts);
        }
        RecordPosition at = new RecordPosition(record.partition(), record.offset());
        stage.trace()
                .note(
                        process,
                        "marks " + record + text.map(with -> " with " + with).orElse(""));
        if (script.pick(List.of(true, false))) {
            judge.marked(record, at, text);
            text.ifPresentOrElse(with -> reader.mark(record, with), () -> reader.mark(record));
        } else {
            judge.marked(process, at, text);
            text.ifPresentOrElse(
                    with -> reader.mark(record.partition(), record.offset(), with),
                    () -> reader.mark(record.partition(), record.offset()));
        }
    }
}
