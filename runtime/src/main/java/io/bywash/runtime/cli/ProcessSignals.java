package io.bywash.runtime.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Stops at SIGTERM and SIGINT: the first asks for an orderly end, the second ends the process at once.
 *
 * <p>A shutdown hook alone cannot do that: once the hooks run, the JVM pays no attention to further signals. The class that can,
 * {@code sun.misc.Signal}, is exported by the module jdk.unsupported of every JDK, but javac warns of each mention of it, a warning
 * that no annotation turns off. It is therefore looked up by name. Where it is missing, or the JVM keeps the signals to itself
 * ({@code -Xrs}), the hook remains, and with it the first signal.
 */
final class ProcessSignals implements StopSource {
    private static final List<String> NAMES = List.of("TERM", "INT");
    private static final int BY_SIGNAL = 128;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    @Override
    public StopRequest listen() {
        StopRequest request = new StopRequest();
        NAMES.forEach(name -> register(name, request));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopBeforeExit(request), "bywash-stop"));
        return request;
    }

    /** Reached by System.exit from within a handler, SIGHUP, or a signal that could not be registered. */
    private static void stopBeforeExit(StopRequest request) {
        request.request();
        try {
            request.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void register(String name, StopRequest request) {
        MethodHandles.Lookup jdk = MethodHandles.publicLookup();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle make = jdk.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle handle = jdk.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
            MethodHandle received = MethodHandles.lookup()
                    .findStatic(
                            ProcessSignals.class,
                            "received",
                            MethodType.methodType(void.class, StopRequest.class, String.class, Object.class));
            MethodHandle bound = MethodHandles.insertArguments(received, 0, request, name);
            Object listener = MethodHandleProxies.asInterfaceInstance(
                    handler, bound.asType(MethodType.methodType(void.class, signal)));
            handle.invoke(make.invoke(name), listener);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No such class, or no such signal here: the hook does what can be done.
            return;
        } catch (Throwable e) {
            throw new IllegalStateException("the JVM would not take a handler for SIG" + name, e);
        }
    }

    /** Called on a thread of the JVM's own, once for each signal. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // a method handle reaches it
    private static void received(StopRequest request, String name, Object signal) {
        if (request.isRequested()) {
            Runtime.getRuntime().halt(BY_SIGNAL + (name.equals("INT") ? SIGINT : SIGTERM));
        }
        request.request();
    }
}
