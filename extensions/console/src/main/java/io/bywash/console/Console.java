package io.bywash.console;

import io.bywash.console.api.Api;
import io.bywash.console.http.ConsoleServer;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of one application. Started and closed by one thread. */
public final class Console implements Companion {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final ConsoleSettings settings;
    private Optional<Api> api = Optional.empty();
    private volatile Optional<ConsoleServer> server = Optional.empty();

    Console(ConsoleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void start(Bywash bywash) throws IOException {
        Api made = new Api(bywash, settings);
        try {
            ConsoleServer opening = new ConsoleServer(settings, made.probes(), made.routes(), made.watch());
            opening.start();
            api = Optional.of(made);
            server = Optional.of(opening);
            LOG.info("console at {}", opening.uri());
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /**
     * Tells where the console is.
     *
     * @return its address; empty unless it is started
     */
    public Optional<URI> uri() {
        return server.map(ConsoleServer::uri);
    }

    @Override
    public void close() {
        api.ifPresent(Api::close);
        api = Optional.empty();
        server.ifPresent(ConsoleServer::close);
        server = Optional.empty();
    }
}
