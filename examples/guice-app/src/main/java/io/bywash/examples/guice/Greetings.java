package io.bywash.examples.guice;

import com.google.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A part of the application that the handler needs. May be used by several threads. */
@Singleton
public final class Greetings {
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    void add(String greeting) {
        received.add(greeting);
    }

    List<String> received() {
        return List.copyOf(received);
    }
}
