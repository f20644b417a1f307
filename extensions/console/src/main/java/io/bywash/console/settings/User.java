package io.bywash.console.settings;

import io.bywash.auth.Secret;

/**
 * Somebody who may log in.
 *
 * @param name the name
 * @param password the password
 * @param role what the user may do
 */
public record User(String name, Secret password, Role role) {
    /** Who asks where nobody has to log in. */
    public static final User ANONYMOUS = new User("anonymous", Secret.of(""), Role.OPERATE);
}
