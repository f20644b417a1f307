package io.bywash.examples.guice;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashModule;
import java.time.Duration;

/** Runs a handler that Guice creates. The broker comes from {@code application.conf}, or KAFKA_BOOTSTRAP_SERVERS. */
public final class GuiceApp {
    private GuiceApp() {}

    static Injector start() {
        Injector injector = Guice.createInjector(new BywashModule(), binder -> binder.bind(GreetingHandler.class));
        injector.getInstance(Bywash.class).start();
        return injector;
    }

    /**
     * Runs until a consumer ends, which a failure makes it do.
     *
     * @param arguments none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        Bywash bywash = start().getInstance(Bywash.class);
        Runtime.getRuntime().addShutdownHook(new Thread(bywash::close));
        bywash.awaitEnd(Duration.ofDays(365));
    }
}
