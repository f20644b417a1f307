package io.bywash.chaos.worker;

import io.bywash.core.GroupConsumer;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Section;

/** Has the events of all consumers written down, each by a thread that keeps nothing alive. */
public final class JournalingExtension implements Extension {
    /** Creates the extension, as {@link java.util.ServiceLoader} does. */
    public JournalingExtension() {}

    @Override
    public String name() {
        return "journaling";
    }

    @Override
    public Companion configure(Section settings) {
        return new Companion() {
            @Override
            public void start(Bywash bywash) {
                bywash.consumers().values().forEach(JournalingExtension::follow);
            }
        };
    }

    private static void follow(GroupConsumer consumer) {
        JournalingListener listener = new JournalingListener(Journal.ofProcess());
        Thread thread = new Thread(() -> consumer.events().forEach(listener::on), "journal-of-events");
        thread.setDaemon(true);
        thread.start();
    }
}
