package io.bywash.console.api;

import io.bywash.console.events.EventLogs;
import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.view.Views;
import io.bywash.runtime.Bywash;
import java.util.List;
import java.util.stream.Stream;

/** All that the API can be asked for. Made and closed by the thread that starts and closes the application. */
public final class Api implements AutoCloseable {
    private final List<Route> probes;
    private final List<Route> routes;
    private final List<Runnable> closings;

    /**
     * Brings the parts together, and begins to listen to the consumers.
     *
     * @param bywash the application, whose consumers are not started yet
     * @param settings what the console is told
     */
    public Api(Bywash bywash, ConsoleSettings settings) {
        Consumers consumers = new Consumers(bywash.consumers());
        Views views = new Views(bywash);
        AuditLog audit = new AuditLog();
        EventLogs events = new EventLogs(bywash.consumers());
        SlowWork slow = new SlowWork();
        StreamRoute stream = new StreamRoute(consumers, views);
        Redrives redrives = new Redrives(slow);
        this.probes = new HealthRoutes(bywash).routes();
        this.routes = Stream.of(
                        new ReadRoutes(consumers, views, settings).routes(),
                        new GroupRoutes(consumers, events, slow).routes(),
                        new ActionRoutes(consumers, audit).routes(),
                        new LetterRoutes(consumers, slow, settings.contents()).routes(),
                        new RedriveRoutes(consumers, redrives, audit).routes(),
                        List.of(new ConfigurationRoute(bywash.preparation()).route(), stream.route()),
                        List.of(new Description().route()))
                .flatMap(List::stream)
                .toList();
        this.closings = List.of(stream::close, redrives::close, slow::close, events::close);
    }

    /**
     * Returns what everybody may ask for.
     *
     * @return the routes of probes
     */
    public List<Route> probes() {
        return probes;
    }

    /**
     * Returns what can be asked for by those who are let in.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
