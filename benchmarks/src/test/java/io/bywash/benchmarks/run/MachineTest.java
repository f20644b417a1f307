package io.bywash.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line that figures are told with names the machine they are of. */
class MachineTest {

    @Test
    void namesTheModelOnce() {
        assertEquals(
                Optional.of("Swift 9000 @ 3.0GHz"),
                Machine.model(List.of(
                        "processor\t: 0",
                        "model\t\t: 17",
                        "model name\t: Swift 9000 @ 3.0GHz",
                        "processor\t: 1",
                        "model name\t: Swift 9000 @ 3.0GHz")));
    }

    @Test
    void namesNoModelWhereTheSystemDoesNot() {
        assertEquals(Optional.empty(), Machine.model(List.of("processor\t: 0", "BogoMIPS\t: 48.00")));
        assertEquals(Optional.empty(), Machine.model(List.of("model name\t:")));
    }

    @Test
    void saysWhatThisMachineIs() {
        String line = Machine.description();
        assertTrue(line.startsWith("JDK " + System.getProperty("java.version")), line);
        assertTrue(line.contains(System.getProperty("os.version")), line);
        assertTrue(line.matches(".* [1-9][0-9.]* GiB"), line);
        assertFalse(line.contains("\n"), line);
    }
}
