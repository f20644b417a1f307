package io.bywash.console.http;

import io.bywash.console.settings.ConsoleSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port and its threads. Started and closed by one thread. */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int MOST_THREADS = 24;

    private final ConsoleSettings settings;
    private final Gate gate;
    private final RoleWatch watch;
    private final Assets assets;
    private final Javalin javalin;

    /**
     * Prepares the port.
     *
     * @param settings where it is, and who may ask
     * @param open what everybody may ask for, by whatever name they reach the console, such as probes
     * @param routes what those may ask for who are let in
     * @param watch hears of those whose role is not enough
     * @throws IOException if the page or the certificate cannot be read, with a message that says what to do
     */
    public ConsoleServer(ConsoleSettings settings, List<Route> open, List<Route> routes, RoleWatch watch)
            throws IOException {
        this.settings = settings;
        this.watch = watch;
        this.gate = new Gate(settings);
        this.assets = Assets.read();
        Connectors connectors = Connectors.of(settings);
        this.javalin = Javalin.create(config -> {
            limit(config);
            config.jetty.addConnector(connectors::connector);
            config.routes.before(Gate::protect);
            open.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
            routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), guarded(route)));
            Route page = Route.get("/", this::page);
            config.routes.get("/", guarded(page));
            config.routes.get("/assets/<path>", guarded(page));
            config.routes.exception(Refusal.class, (refusal, context) -> refuse(context, refusal));
            config.routes.exception(HttpResponseException.class, (e, context) -> refuse(context, e));
            config.routes.exception(Exception.class, (e, context) -> fail(context, e));
        });
    }

    private static void limit(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("bywash-console");
        // Only poll threads keep a JVM alive.
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
    }

    private Handler guarded(Route route) {
        return context -> {
            gate.enter(context);
            Caller caller = Caller.of(context);
            if (!caller.role().covers(route.role())) {
                watch.refused(caller, context.method() + " " + context.path());
                throw caller.refusal();
            }
            route.handler().handle(context);
        };
    }

    private void page(Context context) {
        Assets.Asset asset = assets.at(context.path())
                .orElseThrow(() -> new Refusal(
                        Refusal.NOT_FOUND, "no such file", "the console's page has no such file; load the page again"));
        context.header("Content-Type", asset.type()).result(asset.content());
    }

    private static void refuse(Context context, Refusal refusal) {
        if (refusal.status() == Refusal.UNAUTHORIZED) {
            context.header("WWW-Authenticate", "Basic realm=\"Bywash\", charset=\"UTF-8\"");
        }
        context.status(refusal.status());
        Json.answer(context, refusal.body());
    }

    private static void refuse(Context context, HttpResponseException refusal) {
        context.status(refusal.getStatus());
        String detail = "what there is to ask for, and how, is at /api/v1/openapi.json";
        Json.answer(context, new Refusal.Body(String.valueOf(refusal.getMessage()), detail));
    }

    /** What went wrong may name anything, so only the log is told. */
    private static void fail(Context context, Exception e) {
        LOG.error("{} {} failed", context.method(), context.path(), e);
        context.status(500);
        Json.answer(context, new Refusal.Body("the console failed", "the log of this process says why"));
    }

    /**
     * Opens the port.
     *
     * @throws IOException if that does not work, with a message that says what to do
     */
    public void start() throws IOException {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            throw new IOException(
                    isTaken(e)
                            ? "port " + settings.port() + " of " + settings.host()
                                    + " is taken; set bywash.console.port to one that is free, another for each process of this"
                                    + " host, or to 0 for any"
                            : "the console does not listen to " + settings.host() + ": " + e.getMessage()
                                    + "; set bywash.console.host to an address of this machine",
                    e);
        }
    }

    private static boolean isTaken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells where the console is.
     *
     * @return its address, once it is started
     */
    public URI uri() {
        String scheme = settings.tls().isPresent() ? "https" : "http";
        String host = settings.host().contains(":") && !settings.host().startsWith("[")
                ? "[" + settings.host() + "]"
                : settings.host();
        return URI.create(scheme + "://" + host + ":" + javalin.port());
    }

    /** Closes the port. */
    @Override
    public void close() {
        javalin.stop();
    }
}
