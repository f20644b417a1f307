package io.bywash.console.http;

/** A request that is not answered. What it says is sent to whoever asked, so it holds no secret and nothing of a record. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The request cannot be understood. */
    public static final int BAD_REQUEST = 400;
    /** Nobody has logged in. */
    public static final int UNAUTHORIZED = 401;
    /** The user may not do this, or the request may come from another site. */
    public static final int FORBIDDEN = 403;
    /** There is no such thing. */
    public static final int NOT_FOUND = 404;
    /** It cannot be done as things stand. */
    public static final int CONFLICT = 409;
    /** The body is too large. */
    public static final int TOO_LARGE = 413;
    /** The request was meant for another host. */
    public static final int MISDIRECTED = 421;
    /** Too much is asked at once. */
    public static final int TOO_MANY = 429;
    /** What Kafka should say does not come. */
    public static final int BAD_GATEWAY = 502;

    private final int status;
    private final String what;

    /**
     * Creates a refusal.
     *
     * @param status the status of HTTP
     * @param what what is wrong, in a few words
     * @param detail which value, where, and the remedy
     */
    public Refusal(int status, String what, String detail) {
        super(detail);
        this.status = status;
        this.what = what;
    }

    /**
     * Returns the status.
     *
     * @return the status of HTTP
     */
    public int status() {
        return status;
    }

    Body body() {
        return new Body(what, String.valueOf(getMessage()));
    }

    /**
     * What is sent.
     *
     * @param error what is wrong
     * @param detail which value, where, and the remedy
     */
    record Body(String error, String detail) {}
}
