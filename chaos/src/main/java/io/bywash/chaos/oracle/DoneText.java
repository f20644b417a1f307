package io.bywash.chaos.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the ranges out of what is committed beside an offset, by the description of the format and not by the engine's code. */
final class DoneText {
    private static final String FIELD = "d=";

    private DoneText() {}

    /** Pairs of a first offset and the one after the last; none if the text tells none. */
    static long[] done(long committed, String text) {
        for (String field : text.split(" ")) {
            if (field.startsWith(FIELD)) {
                return ranges(
                        committed, ByteBuffer.wrap(Base64.getUrlDecoder().decode(field.substring(FIELD.length()))));
            }
        }
        return new long[0];
    }

    private static long[] ranges(long committed, ByteBuffer bytes) {
        List<Long> bounds = new ArrayList<>();
        // The first number is the leader epoch, which does not matter here.
        number(bytes);
        long end = committed;
        while (bytes.hasRemaining()) {
            long first = end + number(bytes);
            end = first + number(bytes) + 1;
            bounds.add(first);
            bounds.add(end);
        }
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        byte part;
        int shift = 0;
        do {
            part = bytes.get();
            number |= (long) (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return number;
    }
}
