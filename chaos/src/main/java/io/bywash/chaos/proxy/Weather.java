package io.bywash.chaos.proxy;

/** What a proxy does to what passes through it. */
public enum Weather {
    /** Passes everything on. */
    CLEAR,
    /** Resets all connections and refuses new ones. */
    RESET,
    /** Keeps connections and passes nothing on, either way. */
    BLACK_HOLE,
    /** Passes requests on and holds answers back. */
    ANSWERS_LOST,
    /** Holds requests back and passes answers on. */
    REQUESTS_LOST,
    /** Delays by 100 ms each way, and passes no more than 3 Mbit/s on per connection and direction. */
    SLOW,
    /** Passes commits on and resets the connection in the place of their answer: they count, and the client cannot know. */
    COMMIT_ANSWERS_LOST
}
