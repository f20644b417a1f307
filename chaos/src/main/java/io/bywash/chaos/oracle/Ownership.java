package io.bywash.chaos.oracle;

/**
 * One ownership of a partition. Compared by identity, as two can look alike.
 */
final class Ownership {
    private final String worker;
    private final int partition;
    private final long begin;
    private End end = End.KILLED;
    private long over = Long.MAX_VALUE;
    private long next = Long.MAX_VALUE;

    /** How an ownership ended. */
    enum End {
        /** The journal ends without a word. */
        KILLED("killed"),
        /** Drained, and given up by agreement. */
        HANDED_OVER("handed over"),
        /** Taken away without notice. */
        LOST("lost");

        private final String text;

        End(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Ownership(String worker, int partition, long begin) {
        this.worker = worker;
        this.partition = partition;
        this.begin = begin;
    }

    void ended(End how, long micros) {
        end = how;
        over = micros;
    }

    /** Notes when the next ownership of the partition began. */
    void followedAt(long micros) {
        next = micros;
    }

    String worker() {
        return worker;
    }

    long begin() {
        return begin;
    }

    int partition() {
        return partition;
    }

    End end() {
        return end;
    }

    /** When the handler was told of the end, in microseconds since 1970; never if it was not. */
    long over() {
        return over;
    }

    /** When the next ownership of the partition began, whoever has it, in microseconds since 1970; never if there is none. */
    long next() {
        return next;
    }

    /** Tells whether the partition was its own at a time: it was neither told of the end, nor did somebody else have it without its knowing. */
    boolean isCurrent(long micros) {
        return micros <= over && micros < next;
    }

    @Override
    public String toString() {
        return "partition " + partition + " at " + worker + " since " + begin;
    }
}
