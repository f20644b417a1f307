package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Way;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** The process of a subject: reads orders from standard input, and writes to standard output what came of each. */
final class SubjectMain {
    private SubjectMain() {}

    /**
     * Runs until standard input ends.
     *
     * @param arguments the way and its concurrency
     * @throws Exception if the subject fails
     */
    public static void main(String[] arguments) throws Exception {
        OutputStream out = System.out;
        // Whatever a library prints must not get between the answers.
        System.setOut(System.err);
        Contestant contestant = new Contestant(Way.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
        try (ObjectOutputStream answers = new ObjectOutputStream(out);
                ObjectInputStream orders = new ObjectInputStream(System.in)) {
            serve(new Measurement(contestant.subject()), orders, answers);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(Measurement measurement, ObjectInputStream orders, ObjectOutputStream answers)
            throws IOException, ClassNotFoundException, InterruptedException {
        while (true) {
            RunOrder order;
            try {
                order = (RunOrder) orders.readObject();
            } catch (EOFException e) {
                return;
            }
            answers.writeObject(measurement.run(order));
            answers.flush();
        }
    }
}
