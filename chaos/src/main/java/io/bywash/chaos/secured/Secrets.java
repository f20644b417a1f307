package io.bywash.chaos.secured;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What nobody may read in a log, a journal, a record or an answer. Immutable; any thread. */
public final class Secrets {
    private static final String CANARY = "c4nary";

    /**
     * Returns the password of {@link SecuredBroker#USER}.
     *
     * @return the password
     */
    public String password() {
        return CANARY + "-of-the-user";
    }

    /**
     * Returns a password that the broker does not know.
     *
     * @return the password
     */
    public String wrongPassword() {
        return CANARY + "-that-is-wrong";
    }

    /**
     * Returns the secret of {@link SecuredBroker#TOKEN_USER}.
     *
     * @return the secret
     */
    public String clientSecret() {
        return CANARY + "-of-the-client";
    }

    /**
     * Returns the password for the console of a worker.
     *
     * @return the password
     */
    public String consolePassword() {
        return CANARY + "-of-the-console";
    }

    /**
     * Returns what to look for.
     *
     * @param more further secrets, such as tokens and keys
     * @return texts that must be nowhere
     */
    List<String> all(List<String> more) {
        String basic = SecuredBroker.TOKEN_USER + ":" + clientSecret();
        return Stream.concat(
                        Stream.of(CANARY, Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))),
                        more.stream())
                .toList();
    }
}
