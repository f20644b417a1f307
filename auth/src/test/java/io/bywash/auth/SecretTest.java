package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {

    @Test
    void neverPrints() {
        Secret secret = Secret.of("canary");

        assertEquals("***", secret.toString());
        assertEquals("Plain[username=billing, password=***]", new Plain("billing", secret).toString());
        assertEquals("Inline[pem=***]", PemSource.inline("canary").toString());
        assertEquals("canary", secret.reveal());
    }

    @Test
    void isEqualToTheSameValueOnly() {
        assertEquals(Secret.of("päss"), Secret.of("päss"));
        assertEquals(Secret.of("päss").hashCode(), Secret.of("päss").hashCode());
        assertNotEquals(Secret.of("päss"), Secret.of("päs"));
        assertNotEquals(Secret.of("pass"), "pass");
    }

    @ParameterizedTest
    @CsvSource({
        "'pass\n', pass",
        "'pass\r\n', pass",
        "pass, pass",
        "'pass\n\n', 'pass\n'",
        "' p ss ', ' p ss '",
        "'', ''"
    })
    void fileLosesOneLineBreakAtItsEnd(String content, String value, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertEquals(value, Secret.read(file).reveal());
    }

    @Test
    void missingFileIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("password");

        InvalidAuthException refusal = assertThrows(InvalidAuthException.class, () -> Secret.read(file));

        assertTrue(refusal.getMessage().contains(file + " does not exist; create it"), refusal.getMessage());
    }
}
