package io.bywash.tools.cli;

import io.bywash.core.event.RecordPosition;
import io.bywash.runtime.config.Form;
import io.bywash.tools.deadletter.Letter;
import io.bywash.tools.deadletter.LetterGroup;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Letters as they are printed. */
final class LetterView {
    private static final List<String> GROUP_HEADING =
            List.of("COUNT", "EXCEPTION", "HANDLERS", "OLDEST", "NEWEST", "LAST", "MESSAGE OF THE LAST");
    private static final List<String> LETTER_HEADING =
            List.of("LETTER", "TIME", "KEY", "HANDLER", "EXCEPTION", "REDRIVES", "MESSAGE");

    private LetterView() {}

    static List<List<String>> groups(List<LetterGroup> groups) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(GROUP_HEADING);
        groups.forEach(group -> rows.add(List.of(
                String.valueOf(group.count()),
                group.type(),
                String.join(", ", group.handlers()),
                group.oldest().toString(),
                group.newest().toString(),
                group.last().toString(),
                group.sample())));
        return rows;
    }

    static List<List<String>> letters(List<Letter> letters) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(LETTER_HEADING);
        letters.forEach(letter -> rows.add(List.of(
                letter.position() + (letter.state() == Letter.State.REDRIVEN ? " (redriven)" : ""),
                letter.time().toString(),
                text(letter.record().key()),
                letter.handler(),
                letter.error().type(),
                String.valueOf(letter.redrives()),
                letter.error().message())));
        return rows;
    }

    static Map<String, Object> json(LetterGroup group) {
        return Map.of(
                "exception", group.type(),
                "count", group.count(),
                "oldest", group.oldest().toString(),
                "newest", group.newest().toString(),
                "handlers", List.copyOf(group.handlers()),
                "last", group.last().toString(),
                "message", group.sample());
    }

    static Map<String, Object> json(Letter letter) {
        Map<String, Object> json = new TreeMap<>();
        json.put("letter", letter.position().toString());
        json.put("time", letter.time().toString());
        json.put("state", Form.word(letter.state()));
        json.put("key", text(letter.record().key()));
        json.put("source", letter.source().map(RecordPosition::toString).orElse(""));
        json.put("group", letter.group());
        json.put("handler", letter.handler());
        letter.attempts().ifPresent(attempts -> json.put("attempts", attempts));
        json.put("redrives", letter.redrives());
        json.put("exception", letter.error().type());
        json.put("message", letter.error().message());
        return json;
    }

    /** With the value, the stack and the record's own headers. */
    static Map<String, Object> wholeJson(Letter letter) {
        Map<String, Object> json = json(letter);
        json.put("value", text(letter.record().value()));
        json.put("stack", letter.error().stack());
        json.put(
                "headers",
                letter.ownHeaders().stream()
                        .map(header -> Map.of("name", header.key(), "value", text(header.value())))
                        .toList());
        return json;
    }

    /** Returns bytes as text if that is what they are, or else in hexadecimal. */
    static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(null)";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }
}
