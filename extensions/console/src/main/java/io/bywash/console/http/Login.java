package io.bywash.console.http;

import io.bywash.auth.Secret;
import io.bywash.console.settings.Role;
import io.bywash.console.settings.User;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, by HTTP's basic authentication. May be called from any thread. */
final class Login {
    private static final String SCHEME = "basic ";
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
        String[] parts = decoded(header).split(":", 2);
        User user = users.getOrDefault(parts[0], NOBODY);
        // Compared for users that do not exist as well, so that the time tells nothing about who does.
        boolean right = user.password().equals(Secret.of(parts.length == 2 ? parts[1] : ""));
        if (!right || user.name().isEmpty()) {
            attempts.failed(remote);
            throw refusal("the name or the password is not right; correct it, or set the password of the user anew");
        }
        return user;
    }

    private static String decoded(String header) {
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            try {
                byte[] text = Base64.getDecoder()
                        .decode(header.substring(SCHEME.length()).trim());
                return new String(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw refusal("what follows Basic is no base64; send the name, a colon and the password");
            }
        }
        throw refusal("the console knows basic authentication only; send Authorization: Basic …");
    }

    private static Refusal refusal(String detail) {
        return new Refusal(Refusal.UNAUTHORIZED, "not logged in", detail);
    }
}
