package io.bywash.core.settings;

/** Which records of a consumer wait for each other, and how many are worked on at once. */
public sealed interface Ordering {

    /** The highest concurrency there can be. */
    int MOST = 100_000;

    /** One record at a time per partition, in the order of the partition. The default. */
    Ordering PARTITION = new Partition();

    /**
     * One record at a time per key of a partition, in the order of the partition; keys go on independently of each other. A record
     * without a key waits for no other.
     *
     * @param concurrency how many records of the consumer are worked on at once
     * @return the ordering
     */
    static Ordering key(int concurrency) {
        return new Key(concurrency);
    }

    /**
     * Any order.
     *
     * @param concurrency how many records of the consumer are worked on at once
     * @return the ordering
     */
    static Ordering none(int concurrency) {
        return new None(concurrency);
    }

    /** See {@link #PARTITION}. */
    record Partition() implements Ordering {}

    /**
     * See {@link Ordering#key}.
     *
     * @param concurrency how many records of the consumer are worked on at once, 1 to 100,000
     */
    record Key(int concurrency) implements Ordering {

        /** Checks the range. */
        public Key {
            Require.within("concurrency", concurrency, 1, MOST);
        }
    }

    /**
     * See {@link Ordering#none}.
     *
     * @param concurrency how many records of the consumer are worked on at once, 1 to 100,000
     */
    record None(int concurrency) implements Ordering {

        /** Checks the range. */
        public None {
            Require.within("concurrency", concurrency, 1, MOST);
        }
    }
}
