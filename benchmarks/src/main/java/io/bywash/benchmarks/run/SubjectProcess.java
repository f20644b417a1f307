package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Contestant;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;

/**
 * A subject in a JVM of its own: no other subject has warmed it up for its own ways, left threads in it, or brought another version of
 * the Kafka clients. It lives as long as the rounds do, and rests between its runs.
 */
public final class SubjectProcess implements AutoCloseable {
    private final Contestant contestant;
    private final Process process;
    private final ObjectOutputStream orders;
    private final ObjectInputStream answers;

    /**
     * Starts the process.
     *
     * @param contestant the subject
     * @throws IOException if it does not start
     */
    public SubjectProcess(Contestant contestant) throws IOException {
        this.contestant = contestant;
        process = JavaProcess.start(
                ClassPath.of(contestant.way()),
                SubjectMain.class,
                List.of(contestant.way().name(), Integer.toString(contestant.concurrency())));
        orders = new ObjectOutputStream(process.getOutputStream());
        orders.flush();
        answers = new ObjectInputStream(process.getInputStream());
    }

    /**
     * Begins a run. {@link #await} must follow.
     *
     * @param order what to do
     * @throws IOException if the process has ended
     */
    public void begin(RunOrder order) throws IOException {
        orders.writeObject(order);
        orders.flush();
    }

    /**
     * Waits for the end of the run.
     *
     * @return what came of it
     * @throws IOException if the process has ended
     */
    public Figures await() throws IOException {
        try {
            return (Figures) answers.readObject();
        } catch (ClassNotFoundException | IOException e) {
            throw new IOException("the process of " + contestant.label() + " failed; its messages stand above", e);
        }
    }

    @Override
    public void close() {
        JavaProcess.end(process);
    }
}
