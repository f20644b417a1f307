package io.bywash.core.commit;

import io.bywash.core.ledger.DoneRanges;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The field {@code d} of {@link CommitMetadata}: what is complete beyond the committed offset.
 *
 * <p>Format: the bytes below in base64 of the URL alphabet, without padding. Every number is at least zero, below 2<sup>63</sup>, and
 * written as a varint: seven bits a byte, the lowest first, the top bit set in all bytes but the last.
 *
 * <pre>
 * three bytes     the lower 24 bits of the CRC-32C of the committed offset, as eight bytes, and of all bytes below; highest byte first
 * number 1        the highest leader epoch of the complete records, plus one; 0 if the broker tells none
 * then per range  the distance from the end of the range before (of the first: from the committed offset) to its first offset
 *                 the number of its offsets, minus one
 * </pre>
 *
 * <p>What does not fit is left out from the end: whoever reads it handles those records again. What was damaged on its way, or has come
 * to stand beside another offset, must not be believed, since records would be left out for good; hence the check.
 */
final class RangeCodec {
    private static final int LONGEST = 10;
    private static final int CHECK_BYTES = 3;
    private static final int BASE64_IN = 3;
    private static final int BASE64_OUT = 4;

    private RangeCodec() {}

    /** Writes as many ranges as fit into so many characters; an empty text if none does. */
    static String encode(long committed, DoneRanges done, int maxChars) {
        int maxBytes = Math.max(0, maxChars) / BASE64_OUT * BASE64_IN;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[CHECK_BYTES]);
        write(bytes, done.leaderEpoch() + 1L);
        int heading = bytes.size();
        ByteArrayOutputStream range = new ByteArrayOutputStream(2 * LONGEST);
        long end = committed;
        for (int i = 0; i < done.count(); i++) {
            range.reset();
            write(range, done.first(i) - end);
            write(range, done.end(i) - done.first(i) - 1);
            if (bytes.size() + range.size() > maxBytes) {
                break;
            }
            bytes.writeBytes(range.toByteArray());
            end = done.end(i);
        }
        return bytes.size() == heading
                ? ""
                : Base64.getUrlEncoder().withoutPadding().encodeToString(checked(committed, bytes.toByteArray()));
    }

    /** Puts the check in front. */
    private static byte[] checked(long committed, byte[] bytes) {
        int check = check(committed, bytes);
        for (int i = 0; i < CHECK_BYTES; i++) {
            bytes[i] = (byte) (check >>> Byte.SIZE * (CHECK_BYTES - 1 - i));
        }
        return bytes;
    }

    private static int check(long committed, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, committed));
        crc.update(bytes, CHECK_BYTES, bytes.length - CHECK_BYTES);
        return (int) crc.getValue() & (1 << Byte.SIZE * CHECK_BYTES) - 1;
    }

    /** Returns what stands behind the check. */
    private static Reader reader(long committed, byte[] bytes) {
        if (bytes.length < CHECK_BYTES) {
            throw new IllegalArgumentException("there is no check");
        }
        int told = 0;
        for (int i = 0; i < CHECK_BYTES; i++) {
            told = told << Byte.SIZE | bytes[i] & 0xff;
        }
        if (told != check(committed, bytes)) {
            throw new IllegalArgumentException("the check is of something else");
        }
        return new Reader(bytes, CHECK_BYTES);
    }

    /**
     * Reads ranges.
     *
     * @throws IllegalArgumentException if the text is damaged, or was written beside another offset
     * @throws ArithmeticException if an offset in it is too large
     */
    static DoneRanges decode(long committed, String text) {
        Reader reader = reader(committed, Base64.getUrlDecoder().decode(text));
        int epoch = Math.toIntExact(reader.next() - 1);
        long[] bounds = new long[16];
        int count = 0;
        long end = committed;
        while (reader.hasNext()) {
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * count);
            }
            long first = Math.addExact(end, reader.next());
            end = Math.addExact(Math.addExact(first, reader.next()), 1);
            bounds[count++] = first;
            bounds[count++] = end;
        }
        return DoneRanges.of(Arrays.copyOf(bounds, count), epoch);
    }

    private static void write(ByteArrayOutputStream to, long number) {
        long rest = number;
        while (rest > 0x7f) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int index;

        Reader(byte[] bytes, int index) {
            this.bytes = bytes;
            this.index = index;
        }

        boolean hasNext() {
            return index < bytes.length;
        }

        long next() {
            long number = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                if (!hasNext()) {
                    throw new IllegalArgumentException("a number ends in the middle");
                }
                byte part = bytes[index++];
                number |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number has more than 63 bits");
        }
    }
}
