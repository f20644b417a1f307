package io.bywash.runtime.health;

import java.util.Optional;
import java.util.function.Function;

/** A question that an orchestrator asks. What is answered is the same wherever it is asked. */
public enum Probe {
    /** Can every consumer still do its work, now or once its broker is back? If not, only a new process helps. */
    LIVE("/livez", ConsumerHealth::notLive),
    /** Does every consumer do its work: are all handlers open, and are all consumers members of their groups? */
    READY("/readyz", ConsumerHealth::notReady),
    /** Has every consumer been a member of its group? */
    STARTED("/startupz", ConsumerHealth::notStarted);

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // what asks has no state
    private final Function<ConsumerHealth, Optional<String>> objection;

    Probe(String path, Function<ConsumerHealth, Optional<String>> objection) {
        this.path = path;
        this.objection = objection;
    }

    /**
     * Returns where it is asked.
     *
     * @return the path, at whatever port
     */
    public String path() {
        return path;
    }

    /**
     * Tells whether the answer is yes.
     *
     * @param health how the consumers are
     * @return false if one of them objects
     */
    public boolean isPassedBy(Health health) {
        return health.consumers().stream()
                .allMatch(consumer -> objectionOf(consumer).isEmpty());
    }

    /**
     * Answers.
     *
     * @param health how the consumers are
     * @return what is sent, as JSON
     */
    public ProbeAnswer answer(Health health) {
        return ProbeAnswer.of(this, health);
    }

    Optional<String> objectionOf(ConsumerHealth consumer) {
        return objection.apply(consumer);
    }
}
