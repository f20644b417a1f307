package io.bywash.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that answers GET and HEAD at fixed paths. No part of a request is used but its method, its path, which must be one of these to
 * the letter, and two headers that choose the form of the answer.
 */
final class HttpPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int NO_BODY = -1;
    private static final int PIECE = 16 * 1024;

    private final HttpServer server;
    private final RequestThreads threads;
    private final Map<String, Page> pages;

    private HttpPort(HttpServer server, RequestThreads threads, Map<String, Page> pages) {
        this.server = server;
        this.threads = threads;
        this.pages = pages;
    }

    /**
     * Opens a port.
     *
     * @param host the address to listen on
     * @param port its number; 0 for any that is free
     * @param pages what stands at which path
     * @throws IOException if it cannot be had, with what to do about it
     */
    static HttpPort open(String host, int port, Map<String, Page> pages) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException(
                    "bywash.monitoring.host is " + host
                            + ", which is no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 all its addresses");
        }
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (SocketException e) {
            throw refused(host, port, e);
        }
        HttpPort opened = new HttpPort(server, new RequestThreads(), Map.copyOf(pages));
        server.setExecutor(opened.threads);
        server.createContext("/", opened::answer);
        start(server);
        return opened;
    }

    /** Its thread keeps a process alive only if the thread that starts it does, which may be the main one. */
    private static void start(HttpServer server) {
        Thread starts = new Thread(server::start, "bywash-monitoring-start");
        starts.setDaemon(true);
        starts.start();
        boolean interrupted = false;
        while (starts.isAlive()) {
            try {
                starts.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException refused(String host, int port, SocketException e) {
        String remedy = e instanceof BindException
                ? "; set bywash.monitoring.port to a free one, or bywash.monitoring.host to an address of this machine"
                : "";
        return new IOException("the port " + host + ":" + port + " cannot be opened: " + e.getMessage() + remedy, e);
    }

    URI address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        } catch (RuntimeException e) {
            LOG.warn("no answer to a request for {}", exchange.getRequestURI(), e);
            throw e;
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        // A URI such as mailto:x has no path.
        Page page = pages.get(String.valueOf(exchange.getRequestURI().getRawPath()));
        if (page == null) {
            return Reply.text(
                    404, Map.of(), "nothing here; there are " + String.join(", ", new TreeSet<>(pages.keySet())));
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return Reply.text(405, Map.of("Allow", "GET, HEAD"), "only GET and HEAD; nothing can be changed here");
        }
        return page.answer(exchange.getRequestHeaders());
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(reply.body().length));
            exchange.sendResponseHeaders(reply.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            write(reply.body(), exchange.getResponseBody());
        }
    }

    /** The server copies what it is given at once, outside of the heap as well, and a client may take long to read it. */
    private static void write(byte[] body, OutputStream out) throws IOException {
        for (int sent = 0; sent < body.length; sent += PIECE) {
            out.write(body, sent, Math.min(PIECE, body.length - sent));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
