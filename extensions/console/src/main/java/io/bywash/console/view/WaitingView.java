package io.bywash.console.view;

import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.WaitingRecord;
import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record that failed and waits.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key its key, if it has one and contents are shown
 * @param cause what it waits for
 * @param attempts how often it has failed
 * @param since since when it waits
 * @param until when something is tried again; null if an operator has to decide
 * @param why the last failure
 */
public record WaitingView(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        HoldCause cause,
        int attempts,
        String since,
        @Nullable String until,
        String why) {

    static final Comparator<WaitingView> NEXT_DUE_FIRST =
            Comparator.comparing(WaitingView::until, Comparator.nullsLast(Comparator.naturalOrder()));

    static WaitingView of(TopicPartition of, WaitingRecord record, Contents contents) {
        return new WaitingView(
                of.topic(),
                of.partition(),
                record.offset(),
                contents == Contents.SHOWN ? record.key().orElse(null) : null,
                record.cause(),
                record.attempts(),
                Times.text(record.since()),
                Times.text(record.until()),
                record.why());
    }
}
