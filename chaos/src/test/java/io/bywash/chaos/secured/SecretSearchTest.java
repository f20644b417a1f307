package io.bywash.chaos.secured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing would be content with everything. */
class SecretSearchTest {
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3b3JrIn0.";

    @TempDir
    Path directory;

    private final Secrets secrets = new Secrets();
    private final SecretSearch search = new SecretSearch(secrets, List.of(TOKEN));

    @BeforeEach
    void hasMuchToSearch() throws IOException {
        Files.writeString(directory.resolve("long.log"), "a line that anybody may read\n".repeat(5_000));
    }

    private List<String> hitsWith(String line) throws IOException {
        Files.writeString(directory.resolve("a-0.log"), "before\n" + line + "\nafter\n");
        search.files(directory);
        return search.hits();
    }

    @Test
    void noPasswordIsPassedOver() throws IOException {
        List<String> passwords =
                List.of(secrets.password(), secrets.wrongPassword(), secrets.clientSecret(), secrets.consolePassword());
        for (int found = 1; found <= passwords.size(); found++) {
            assertEquals(
                    found,
                    hitsWith("password=" + passwords.get(found - 1) + ";").size());
        }
    }

    @Test
    void credentialsAreFoundAsTheyAreSent() throws IOException {
        byte[] basic = (SecuredBroker.TOKEN_USER + ":" + secrets.clientSecret()).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                List.of("a secret in a-0.log"),
                hitsWith("Authorization: Basic " + Base64.getEncoder().encodeToString(basic)));
    }

    @Test
    void tokensAreFoundBetweenBytesThatAreNoText() throws IOException {
        Files.write(directory.resolve("a-0.journal"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertEquals(List.of("a secret in a-0.log"), hitsWith("\u0000" + TOKEN + "\u0000"));
    }

    @Test
    void whatIsNoSecretIsNotFound() throws IOException {
        assertEquals(List.of(), hitsWith("password=[hidden]"));
    }

    @Test
    void nextToNothingIsNotEnough() throws IOException {
        Files.delete(directory.resolve("long.log"));
        assertEquals(1, hitsWith("password=[hidden]").size());
    }
}
