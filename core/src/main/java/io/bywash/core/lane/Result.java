package io.bywash.core.lane;

/** What came of an item that was handed out. */
sealed interface Result {

    /** Its call is over and it is complete. */
    Result HANDLED = new Handled();

    /** Its call is over and means nothing; the partition is gone or going. */
    Result VOID = new Void();

    /** It came with its attempts used up. */
    Result DECIDED = new Decided();

    /** It had failed and may be called again. */
    Result AGAIN = new Again();

    /** It had failed and is complete all the same. */
    Result OVER = new Over();

    /** See {@link #HANDLED}. */
    record Handled() implements Result {}

    /** See {@link #VOID}. */
    record Void() implements Result {}

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
}
