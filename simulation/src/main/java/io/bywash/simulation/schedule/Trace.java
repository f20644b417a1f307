package io.bywash.simulation.schedule;

/** What happened in a run, a line for each step and each thing worth knowing. Two runs of one seed give the same text. */
public final class Trace {
    private static final int NANOS_PER_MICRO = 1_000;

    private final VirtualClock clock;
    private final StringBuilder text = new StringBuilder();

    /**
     * Creates an empty trace.
     *
     * @param clock stamps the lines
     */
    public Trace(VirtualClock clock) {
        this.clock = clock;
    }

    void step(long number, Actor actor) {
        text.append(number)
                .append(' ')
                .append(clock.now() / NANOS_PER_MICRO)
                .append("us ")
                .append(actor.name())
                .append('\n');
    }

    /**
     * Adds a line to the step under way.
     *
     * @param who whom it concerns
     * @param what what happened
     */
    public void note(String who, String what) {
        text.append("    ").append(who).append(": ").append(what).append('\n');
    }

    /** Returns all of it. */
    public String text() {
        return text.toString();
    }

    /**
     * Returns the end of it.
     *
     * @param lines how many lines at most
     */
    public String tail(int lines) {
        int from = text.length();
        for (int left = lines; left >= 0 && from > 0; left--) {
            from = text.lastIndexOf("\n", from - 1);
        }
        return text.substring(from + 1);
    }
}
