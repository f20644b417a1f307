package io.bywash.console.api;

import io.bywash.console.http.Route;
import io.bywash.console.stream.Broadcast;
import io.bywash.console.stream.Changes;
import io.bywash.console.view.Views;
import java.time.Duration;

/** What changes, once a second: twice as often the snapshots are taken, and nobody reads faster. */
final class StreamRoute implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Broadcast broadcast;

    StreamRoute(Consumers consumers, Views views) {
        this.broadcast = new Broadcast(new Changes(views, consumers.all()));
        broadcast.start(PERIOD);
    }

    Route route() {
        return Route.get("/api/v1/stream", broadcast::subscribe);
    }

    @Override
    public void close() {
        broadcast.close();
    }
}
