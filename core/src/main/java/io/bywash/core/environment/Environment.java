package io.bywash.core.environment;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.thread.CallRunner;
import io.bywash.core.thread.ParkingWaiting;
import io.bywash.core.thread.StepRunner;
import io.bywash.core.thread.ThreadRunner;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Waiting;
import io.bywash.core.thread.WorkerThreads;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * All that the engine takes from outside: time, waiting, threads, calls, chance and the Kafka clients. Production uses
 * {@link #system()}; a simulation puts its own parts here.
 *
 * @param ticker measures spans of time
 * @param clock tells the time of day, for timestamps only
 * @param waiting waits in the middle of a step
 * @param runner gives the poll loop what it runs on
 * @param workers gives partition workers, events and questions about topics what they run on
 * @param calls makes the calls into handlers
 * @param random where jitter comes from; used by several threads
 * @param processors how many calls can be worked on at the same instant, 1 and up
 * @param clients creates the Kafka clients
 */
public record Environment(
        Ticker ticker,
        InstantSource clock,
        Waiting waiting,
        StepRunner runner,
        StepRunner workers,
        CallRunner calls,
        RandomGenerator random,
        int processors,
        KafkaClients clients) {

    /**
     * Returns the parts for production.
     *
     * @return real time, real threads, real clients
     */
    public static Environment system() {
        return new Environment(
                Ticker.SYSTEM,
                InstantSource.system(),
                ParkingWaiting.SYSTEM,
                new ThreadRunner(Thread::new),
                new ThreadRunner(WorkerThreads.chosen()),
                CallRunner.INLINE,
                () -> ThreadLocalRandom.current().nextLong(),
                Runtime.getRuntime().availableProcessors(),
                new PlainKafkaClients());
    }

    /**
     * Returns the same with other Kafka clients.
     *
     * @param other the clients
     * @return an environment like this one otherwise
     */
    public Environment with(KafkaClients other) {
        return new Environment(ticker, clock, waiting, runner, workers, calls, random, processors, other);
    }
}
