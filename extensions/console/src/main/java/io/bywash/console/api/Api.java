package io.bywash.console.api;

import io.bywash.console.events.EventLogs;
import io.bywash.console.http.RoleWatch;
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
    private final AuditLog audit = new AuditLog();
    private final List<Runnable> closings;

    /**
     * Brings the parts together, and begins to listen to the consumers.
     *
     * @param bywash the application, whose consumers are not started yet
     * @param settings what the console is told
     */
    public Api(Bywash bywash, ConsoleSettings settings) {
        Consumers consumers = new Consumers(bywash.consumers());
        Views views = new Views(bywash, settings.contents());
        EventLogs events = new EventLogs(bywash.consumers());
        SlowWork members = new SlowWork("members");
        SlowWork letters = new SlowWork("letters");
        SlowWork rehearsals = new SlowWork("rehearsals");
        StreamRoute stream = new StreamRoute(consumers, views);
        Redrives redrives = new Redrives(rehearsals);
        LetterRoutes letterRoutes = new LetterRoutes(consumers, letters, settings.contents());
        this.probes = new HealthRoutes(bywash).routes();
        this.routes = Stream.of(
                        new ReadRoutes(consumers, views, settings).routes(),
                        new GroupRoutes(consumers, events, members).routes(),
                        new ActionRoutes(consumers, audit).routes(),
                        letterRoutes.routes(),
                        new RedriveRoutes(consumers, redrives, audit, settings.contents(), letterRoutes::forget)
                                .routes(),
                        List.of(new ConfigurationRoute(bywash.preparation()).route(), stream.route()),
                        List.of(new Description().route()))
                .flatMap(List::stream)
                .toList();
        this.closings = List.of(
                stream::close, redrives::close, rehearsals::close, letters::close, members::close, events::close);
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

    /**
     * Returns who writes down what is refused.
     *
     * @return what hears of those whose role is not enough
     */
    public RoleWatch watch() {
        return audit::refused;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
