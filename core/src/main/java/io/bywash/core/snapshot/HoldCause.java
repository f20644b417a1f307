package io.bywash.core.snapshot;

/**
 * What kind of thing holds a partition up. Of several at once the first in this order is told: what an operator has to act on comes
 * before what passes by itself.
 */
public enum HoldCause {
    /** The consumer is closing. */
    CLOSING("none is needed; it goes on when the consumer is started again, or elsewhere"),
    /** Its position cannot be read from, or is not known yet. */
    POSITION(
            "check what was lost, then reset the offset of the partition; if the broker does not answer, see to the broker"),
    /** It stopped at a record until an operator decides. */
    HALTED("mend the cause and have the record tried again, or have it skipped"),
    /** A record is to go to the dead-letter topic, which does not take it or does not answer. */
    DEAD_LETTER_DOWN("see that the dead-letter topic exists, that it may be written and has room"),
    /** The broker refuses or does not answer the commits; records are handled all the same. */
    COMMIT("see that the group may be read and its coordinator is up"),
    /** A call of the handler takes long, or an application that reads by itself has not marked what it read. */
    SLOW_CALL("look at the stack of the call and at what it waits for; set attempts.timeout to have such calls ended"),
    /** An operator paused it. */
    OPERATOR("resume it"),
    /** The call of a former owner in this process still runs. */
    PREDECESSOR("look at the stack of that call; a restart of the process ends it"),
    /** A record failed and waits for its next attempt. */
    RETRY("mend what it failed of; it is tried again by itself"),
    /** Buffered records fill the memory there is, so no more are fetched. */
    MEMORY("raise the memory of the buffers, or see to the partitions that fill it"),
    /** Records wait for a lane; all are busy with others. */
    LANES_BUSY("raise the concurrency, or start more processes"),
    /** There is more in the log, but nothing of it arrives. */
    FETCH("see that the leader of the partition is up and the topic may be read, and look for quotas");

    private final String remedy;

    HoldCause(String remedy) {
        this.remedy = remedy;
    }

    /**
     * Says what to do about it.
     *
     * @return words for an operator, without a full stop
     */
    public String remedy() {
        return remedy;
    }
}
