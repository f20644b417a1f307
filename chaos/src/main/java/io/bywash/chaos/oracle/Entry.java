package io.bywash.chaos.oracle;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a record holds.
 *
 * @param key its key, empty if it has none
 * @param value its value as text, see {@link #brief}
 * @param headers its headers as text, without those of Bywash
 * @param timestamp its time, in milliseconds since 1970
 */
public record Entry(String key, String value, String headers, long timestamp) {
    private static final int WHOLE = 200;
    private static final int HEAD = 64;

    /** A value as text: whole if it is short, else how it begins, its size and a checksum. */
    static String brief(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        if (value.length <= WHOLE) {
            return new String(value, StandardCharsets.UTF_8);
        }
        CRC32C sum = new CRC32C();
        sum.update(value);
        return new String(value, 0, HEAD, StandardCharsets.UTF_8) + " and so on, " + value.length + " bytes, CRC32C "
                + sum.getValue();
    }
}
