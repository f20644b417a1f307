package io.bywash.console.http;

import io.bywash.console.settings.Role;
import io.bywash.console.settings.User;
import io.javalin.http.Context;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param user the name; {@code anonymous} where nobody has to log in
 * @param role what the user may do
 * @param csrfToken what a request that does something must carry
 * @param remote the address the request comes from
 */
public record Caller(String user, Role role, String csrfToken, String remote) {
    private static final String ATTRIBUTE = Caller.class.getName();

    static void set(Context context, User user, String csrfToken) {
        context.attribute(
                ATTRIBUTE,
                new Caller(user.name(), user.role(), csrfToken, context.req().getRemoteAddr()));
    }

    /**
     * Tells who asks.
     *
     * @param context a request that was let in
     * @return the caller
     */
    public static Caller of(Context context) {
        return Objects.requireNonNull(context.<Caller>attribute(ATTRIBUTE), "the request was let in without a caller");
    }

    Refusal refusal() {
        return new Refusal(
                Refusal.FORBIDDEN,
                "not allowed",
                "user " + user + " may read and not operate; ask as one whose role in bywash.console.users is operate");
    }
}
