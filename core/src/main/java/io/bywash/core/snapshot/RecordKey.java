package io.bywash.core.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys of records as they may be shown to people: whoever writes to a topic chooses them. */
public final class RecordKey {
    /** How many characters of a key are shown; then follows an ellipsis. */
    public static final int MOST_CHARACTERS = 64;

    /** No character of UTF-8 takes more bytes than this. */
    private static final int BYTES_PER_CHARACTER = 4;

    private RecordKey() {}

    /**
     * Makes a key fit to be shown.
     *
     * @param key the bytes of the key
     * @return its text where it is UTF-8, with a question mark for what has no shape of its own or would change how the rest is
     *     shown; else its bytes in hexadecimal; empty if there is no key
     */
    public static Optional<String> of(byte @Nullable [] key) {
        return Optional.ofNullable(key).map(RecordKey::text);
    }

    private static String text(byte[] key) {
        int looked = Math.min(key.length, (MOST_CHARACTERS + 1) * BYTES_PER_CHARACTER);
        try {
            return shortened(
                    decode(key, looked).codePoints().map(RecordKey::shown).toArray(), looked < key.length);
        } catch (CharacterCodingException e) {
            byte[] first = Arrays.copyOf(key, Math.min(key.length, MOST_CHARACTERS / 2 - 1));
            return "0x" + HexFormat.of().formatHex(first) + (first.length < key.length ? "…" : "");
        }
    }

    private static String decode(byte[] key, int length) throws CharacterCodingException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int end = length;
        // The cut may go through a character.
        while (length < key.length && end > 0 && (key[end] & 0xC0) == 0x80) {
            end--;
        }
        return decoder.decode(ByteBuffer.wrap(key, 0, end)).toString();
    }

    private static int shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> character;
        };
    }

    private static String shortened(int[] characters, boolean more) {
        int count = Math.min(characters.length, MOST_CHARACTERS);
        return new String(characters, 0, count) + (more || count < characters.length ? "…" : "");
    }
}
