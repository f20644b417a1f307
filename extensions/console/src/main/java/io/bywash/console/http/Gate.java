package io.bywash.console.http;

import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.User;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at every request before anything else does. May be called from any thread. */
final class Gate {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    /** A name may have an underscore, which addresses of the web may not. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[0-9a-zA-Z._-]{1,253})(?::[0-9]{1,5})?");

    private final ConsoleSettings settings;
    private final Login login;
    private final CsrfTokens tokens = new CsrfTokens();

    Gate(ConsoleSettings settings) {
        this.settings = settings;
        this.login = new Login(settings.users());
    }

    static void protect(Context context) {
        HEADERS.forEach(context::header);
    }

    /** Lets a request in, or refuses it. */
    void enter(Context context) {
        String host = context.header("Host");
        requireHost(host);
        User user = login.user(context.header("Authorization"), context.req().getRemoteAddr());
        if (!context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD)) {
            requireOwnOrigin(context.header("Origin"), String.valueOf(host));
            requireToken(user, context.header("X-CSRF-Token"));
            requireBody(context);
        }
        Caller.set(context, user, tokens.of(user.name()));
    }

    private void requireHost(@Nullable String host) {
        Optional<String> name = Optional.ofNullable(host)
                .map(HOST::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
        if (name.filter(settings::isReachedBy).isEmpty()) {
            throw new Refusal(
                    Refusal.MISDIRECTED,
                    "not this host",
                    "the request was meant for " + shown(host)
                            + ", which is not what the console listens to; open it by the"
                            + " address the log names, or add the name to bywash.console.names");
        }
    }

    /** A browser always says where such a request comes from; other programs say nothing, and have no cookies or passwords to abuse. */
    private static void requireOwnOrigin(@Nullable String origin, String host) {
        if (origin != null
                && !origin.toLowerCase(Locale.ROOT).matches("https?://\\Q" + host.toLowerCase(Locale.ROOT) + "\\E")) {
            throw new Refusal(
                    Refusal.FORBIDDEN,
                    "not from this page",
                    "the request comes from a page of " + shown(origin) + " and was sent to " + host
                            + "; act on the console's own page");
        }
    }

    private void requireToken(User user, @Nullable String token) {
        if (!tokens.isOf(user.name(), token)) {
            throw new Refusal(
                    Refusal.FORBIDDEN,
                    "no valid token",
                    "the header X-CSRF-Token is " + (token == null ? "missing" : "not the one of this user and process")
                            + "; send csrfToken of GET /api/v1/session, and load the page again after a restart");
        }
    }

    private static void requireBody(Context context) {
        String type = String.valueOf(context.header("Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].trim().equals("application/json")) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "no JSON",
                    "the header Content-Type is " + shown(type) + "; send application/json");
        }
        if (context.req().getContentLengthLong() > Json.MOST_BYTES) {
            throw Json.tooLarge();
        }
    }

    private static String shown(@Nullable String text) {
        String clean = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }
}
