package io.bywash.chaos.oracle;

/**
 * One ownership of a partition. Compared by identity, as two can look alike.
 */
final class Ownership {
    private final String worker;
    private final int partition;
    private final long begin;
    private End end = End.KILLED;

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

    void ended(End how) {
        end = how;
    }

    String worker() {
        return worker;
    }

    long begin() {
        return begin;
    }

    End end() {
        return end;
    }

    @Override
    public String toString() {
        return "partition " + partition + " at " + worker + " since " + begin;
    }
}
