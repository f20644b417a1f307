package io.bywash.console.api;

import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.view.Views;
import io.bywash.runtime.Bywash;
import java.util.List;

/** All that the API can be asked for. */
public final class Api {
    private final List<Route> routes;

    /**
     * Brings the parts together.
     *
     * @param bywash the application
     * @param settings what the console is told
     */
    public Api(Bywash bywash, ConsoleSettings settings) {
        Consumers consumers = new Consumers(bywash.consumers());
        this.routes = new ReadRoutes(consumers, new Views(bywash), settings).routes();
    }

    /**
     * Returns what can be asked for.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return routes;
    }
}
