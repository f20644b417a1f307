package io.bywash.auth;

/** Whether a broker's certificate must name the host that was dialled. */
public enum HostnameCheck {
    /** It must, as in HTTPS. */
    ENFORCED,
    /** It need not: whoever holds any certificate of a trusted authority can pose as the broker. Logged as a warning. */
    OFF
}
