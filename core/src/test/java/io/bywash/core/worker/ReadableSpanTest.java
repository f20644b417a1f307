package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableSpanTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "850, 850 ms",
        "1999, 1 s",
        "119999, 119 s",
        "120000, 2 min",
        "3447653, 57 min",
        "3600000, 60 min",
        "12000000, 3 h 20 min"
    })
    void spansAreSaidInTheUnitThatSuits(long millis, String expected) {
        assertEquals(expected, ReadableSpan.of(Duration.ofMillis(millis)));
    }
}
