package io.bywash.simulation.oracle;

/** What must be true after every step. */
public enum Invariant {
    /** Nothing is lost. */
    I1("every visible offset below the committed one was handled, dead-lettered or skipped"),
    /** Commits are not ahead. */
    I2(
            "a commit is at most the lowest incomplete offset, and carries its leader epoch; what it says is complete beyond that is"),
    /** Commits do not go back. */
    I3("a commit never decreases, and nobody but the owner commits"),
    /** Order is kept. */
    I4("one call at a time per partition, key or record, as was ordered, in the order of the offsets, none left out"),
    /** Duplicates are explained. */
    I5(
            "a record is worked on again only after its partition changed hands, and only if it was not committed, nor told as complete in the commit that its next owner read"),
    /** What is late does not count. */
    I6("a result that comes after the partition was given up has no effect"),
    /** Giving up on a record is not premature. */
    I7("attempts are counted, and used up before a record is given up; its dead letter holds what it held"),
    /** Whatever does not move says why. */
    I8(
            "every partition advances, is idle or is held up by something that is named, which began in the past; one whose frontier"
                    + " stands for stall-after although records wait is held up"),
    /** Buffers are bounded. */
    I9(
            "a partition is not fetched while as many of its records wait as may, nor, if any of them wait, while as many bytes do"),
    /** Polls go on. */
    I10("the gap between polls is less than half of max.poll.interval.ms"),
    /** Positions are no secret. */
    I11("a position moves by reading, or with an event that tells from where to where"),
    /** Everything gets done. */
    I12("when the faults have stopped, everything is worked on and committed, and everyone lives"),
    /** What an application keeps with an offset is kept. */
    TEXT(
            "the last text that an application marked at or before an offset is committed with it, and given to the next owner"),
    /** Nothing waits for no reason. */
    PROMPT("a record that waits for no other is called soon if a lane is free"),
    /** No more is asked of the handler than was ordered. */
    BOUNDS("calls are as many at once, about as many records, and as long as was ordered"),
    /** The end comes in time. */
    I13(
            "a consumer that is stopped is closed within its time-out, and partitions are given up once nothing is in flight"),
    /** The handler is told in order. */
    LIFE_CYCLE(
            "for a partition a handler is called assigned, then handle, then revoked before the last commit, or lost if the partition was");

    private final String meaning;

    Invariant(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return name() + " (" + meaning + ")";
    }
}
