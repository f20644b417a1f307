package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.load.Payload;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Subject.Stop;
import io.bywash.benchmarks.subject.Way;
import io.bywash.benchmarks.subject.Workload;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of one member of a group: handles records until standard input ends. */
final class MemberMain {
    private MemberMain() {}

    /**
     * Runs the member.
     *
     * @param arguments the way and its concurrency, broker, topic, group, the session time-out in milliseconds, the file of the journal
     * @throws Exception if the subject fails
     */
    public static void main(String[] arguments) throws Exception {
        Contestant contestant = new Contestant(Way.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
        int sessionMillis = Integer.parseInt(arguments[5]);
        Map<String, String> client = Map.of(
                "session.timeout.ms",
                Integer.toString(sessionMillis),
                "heartbeat.interval.ms",
                Integer.toString(sessionMillis / 6));
        Journal journal = Journal.create(Path.of(arguments[6]));
        Stop stop = contestant
                .subject()
                .start(new Workload(arguments[2], arguments[3], arguments[4], client), record -> {
                    TimeUnit.MICROSECONDS.sleep(Payload.of(record.value()).workMicros());
                    journal.handled(record);
                });
        int ignored = System.in.read();
        stop.stop();
        System.exit(0);
    }
}
