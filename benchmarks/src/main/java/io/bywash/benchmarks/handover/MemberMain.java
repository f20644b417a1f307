package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.load.Payload;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Subject.Stop;
import io.bywash.benchmarks.subject.Way;
import io.bywash.benchmarks.subject.Work;
import io.bywash.benchmarks.subject.Workload;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of one member of a group: rehearses, waits for a word, and handles records until standard input ends. */
final class MemberMain {
    static final String READY = "ready";

    private static final int PATIENCE_SECONDS = 60;

    private MemberMain() {}

    /**
     * Runs the member.
     *
     * @param arguments the way and its concurrency, broker, topic, group, the session time-out in milliseconds, the file of the journal; the
     *     topic to rehearse with, how many records it holds, and the group for that
     */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        PrintStream out = System.out;
        // Whatever a library prints is no word of this process.
        System.setOut(System.err);
        Contestant contestant = new Contestant(Way.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
        int sessionMillis = Integer.parseInt(arguments[5]);
        Map<String, String> client = Map.of(
                "session.timeout.ms",
                Integer.toString(sessionMillis),
                "heartbeat.interval.ms",
                Integer.toString(sessionMillis / 6));
        rehearse(
                contestant,
                new Workload(arguments[2], arguments[7], arguments[9], client),
                Integer.parseInt(arguments[8]));
        out.println(READY);
        if (System.in.read() >= 0) {
            Journal journal = Journal.create(Path.of(arguments[6]));
            Stop stop = contestant
                    .subject()
                    .start(new Workload(arguments[2], arguments[3], arguments[4], client), record -> {
                        TimeUnit.MICROSECONDS.sleep(Payload.of(record.value()).workMicros());
                        journal.handled(record);
                    });
            int ignored = System.in.read();
            stop.stop();
        }
    }

    private static void rehearse(Contestant contestant, Workload workload, int records)
            throws InterruptedException, TimeoutException {
        CountDownLatch left = new CountDownLatch(records);
        Work count = record -> left.countDown();
        Stop stop = contestant.subject().start(workload, count);
        if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    left.getCount() + " records are left of the rehearsal after " + PATIENCE_SECONDS + " s");
        }
        stop.stop();
    }
}
