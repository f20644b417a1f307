package io.bywash.core.lane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an item that was handed out, or what it is part of while it waits to be. */
sealed interface Result {

    /** Its call is over and it is complete. */
    Result HANDLED = new Handled();

    /** Its call is over and means nothing; the partition is gone or going. */
    Result VOID = new Voided();

    /** It came with its attempts used up. */
    Result DECIDED = new Decided();

    /** It had failed and may be called again. */
    Result AGAIN = new Again();

    /** It had failed and is complete all the same. */
    Result OVER = new Over();

    /** See {@link #HANDLED}. */
    record Handled() implements Result {}

    /** See {@link #VOID}. */
    record Voided() implements Result {}

    /** See {@link #DECIDED}. */
    record Decided() implements Result {}

    /** See {@link #AGAIN}. */
    record Again() implements Result {}

    /** See {@link #OVER}. */
    record Over() implements Result {}

    /**
     * Its call failed.
     *
     * @param failure what the handler threw
     */
    record Failed(Throwable failure) implements Result {}

    /** It is the first of some that wait for more. */
    final class Gathered implements Result {
        final Item head;
        final long due;
        int size = 1;
        long bytes;

        Gathered(Item head, long due) {
            this.head = head;
            this.due = due;
            this.bytes = head.bytes;
        }
    }

    /**
     * It is the first of some that go into one call.
     *
     * @param items all of them
     */
    record Group(List<Item> items) implements Result {}

    /**
     * The call of a group is over.
     *
     * @param items all of them
     * @param handled how many of the first are complete
     * @param failure why the next one failed; nothing if all are complete or the result means nothing
     * @param known whether it is known that the next one is to blame
     */
    record GroupOver(
            List<Item> items, int handled, @Nullable Throwable failure, boolean known) implements Result {}
}
