package io.bywash.monitoring;

import io.bywash.runtime.Companion;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Form;
import io.bywash.runtime.config.Section;

/** Opens the port, wherever its jar is on the class path. Its settings are {@code bywash.monitoring}. */
public final class MonitoringExtension implements Extension {
    private static final int PORT = 9464;
    private static final int HIGHEST_PORT = 65_535;
    private static final Form<Integer> PORTS =
            new Form<>("a port from 1 to 65535, or 0 for any that is free", MonitoringExtension::port);

    /** Creates the extension, as {@link java.util.ServiceLoader} does. */
    public MonitoringExtension() {}

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public Companion configure(Section settings) {
        return new Monitoring(
                settings.read("host", Form.TEXT).orElse("127.0.0.1"),
                settings.read("port", PORTS).orElse(PORT));
    }
}
