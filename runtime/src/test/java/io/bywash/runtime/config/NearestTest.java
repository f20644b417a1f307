package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("drain-timeout", "commit-interval", "ordering", "topics");

    @Test
    void findsWhatWasMeant() {
        assertEquals(Optional.of("drain-timeout"), Nearest.to("drain-timout", KNOWN));
        assertEquals(Optional.of("topics"), Nearest.to("topisc", KNOWN));
        assertEquals(Optional.of("topics"), Nearest.to("topic", KNOWN));
    }

    @Test
    void guessesNothingFarFetched() {
        assertEquals(Optional.empty(), Nearest.to("concurrency", KNOWN));
        assertEquals(Optional.empty(), Nearest.to("x", List.of()));
    }

    @Test
    void countsASwapOfNeighboursAsOneEdit() {
        assertEquals(1, Nearest.distance("ab", "ba"));
        assertEquals(2, Nearest.distance("order", "odrrer".substring(0, 5)));
        assertEquals(3, Nearest.distance("", "abc"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
    }
}
