package io.bywash.console.http;

import io.bywash.auth.Secret;
import io.bywash.console.settings.Role;
import io.bywash.console.settings.User;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks: browsers send name and password by HTTP's basic authentication, programs may send the password alone as a bearer
 * token. May be called from any thread.
 */
final class Login {
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    private static final User NOBODY = new User("", Secret.of("nobody has this password"), Role.READ);

    private final Map<String, User> users;
    private final Attempts attempts = new Attempts();

    Login(Map<String, User> users) {
        this.users = users;
    }

    /**
     * Returns who asks.
     *
     * @param header what the request has for Authorization
     * @param remote the address it comes from
     * @throws Refusal if it is nobody who may
     */
    User user(@Nullable String header, String remote) {
        if (users.isEmpty()) {
            return User.ANONYMOUS;
        }
        if (header == null) {
            throw refusal("log in as one of the users of bywash.console.users");
        }
        attempts.require(remote);
        Optional<User> user = known(header);
        if (user.isEmpty()) {
            attempts.failed(remote);
            throw refusal(
                    "the name, the password or the token is not right; correct it, or set the password of the user anew");
        }
        return user.get();
    }

    private Optional<User> known(String header) {
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return owner(Secret.of(header.substring(BEARER.length()).trim()));
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            String[] parts = decoded(header.substring(BASIC.length()).trim()).split(":", 2);
            User user = users.getOrDefault(parts[0], NOBODY);
            // Compared for users that do not exist as well, so that the time tells nothing about who does.
            boolean right = user.password().equals(Secret.of(parts.length == 2 ? parts[1] : ""));
            return right && !user.name().isEmpty() ? Optional.of(user) : Optional.empty();
        }
        throw refusal("the console knows basic authentication and bearer tokens; send the one or the other");
    }

    /** Compares with every password, whichever is the right one. */
    private Optional<User> owner(Secret token) {
        return users.values().stream()
                .filter(user -> user.password().equals(token))
                .reduce((one, other) -> one.role().covers(other.role()) ? other : one);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refusal("what follows Basic is no base64; send the name, a colon and the password");
        }
    }

    private static Refusal refusal(String detail) {
        return new Refusal(Refusal.UNAUTHORIZED, "not logged in", detail);
    }
}
