package io.bywash.core.commit;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.TopicId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text committed with an offset.
 *
 * <p>Format: {@code bywash/1}, then fields, each a blank, a letter, {@code =} and a value without blanks: {@code s} the group's first start
 * in milliseconds since 1970; {@code t} which topic the offset is of, as {@link TopicId} writes it, so that the offset is not taken for one
 * of another topic that has got the same name; {@code f} a record that failed and is not complete, as {@code offset@epoch:attempts} or
 * {@code offset@epoch:attempts:halted}, without {@code @epoch} if the broker tells no leader epoch, once per such record; {@code d} what is
 * complete beyond the offset, see {@link RangeCodec}. The last field may be {@code u}, the text of the application, which goes on to the
 * end and may hold anything. Unknown fields are passed over, so that a later version can be read by this one.
 *
 * @param groupStart when the group first started
 * @param topic which topic the offset is of, if that is known
 * @param failed incomplete records that have failed
 * @param done what is complete beyond the offset
 * @param user the text of the application
 */
record CommitMetadata(
        Optional<Instant> groupStart,
        Optional<TopicId> topic,
        List<FailedRecord> failed,
        DoneRanges done,
        Optional<String> user) {
    private static final String MAGIC = "bywash/1";
    private static final String DONE = " d=";
    private static final CommitMetadata EMPTY =
            new CommitMetadata(Optional.empty(), Optional.empty(), List.of(), DoneRanges.NONE, Optional.empty());

    /** Tells nothing but the text of the application. */
    static CommitMetadata silent(Optional<String> user) {
        return new CommitMetadata(Optional.empty(), Optional.empty(), List.of(), DoneRanges.NONE, user);
    }

    /**
     * Writes the text, which is empty if there is nothing to tell. The application's own part is never cut, nor is the group's first
     * start; of the rest, what does not fit is left out: ranges from the end, then failed records from the end, then the topic.
     */
    String encode(long committed, int maxChars) {
        if (equals(EMPTY)) {
            return "";
        }
        String own = user.map(text -> " u=" + text).orElse("");
        StringBuilder text = new StringBuilder(MAGIC);
        groupStart.ifPresent(start -> text.append(" s=").append(start.toEpochMilli()));
        int least = text.length() + own.length();
        if (topic.map(id -> " t=" + id)
                .filter(field -> least + field.length() > maxChars)
                .isPresent()) {
            // What is said of records without it would be believed of those of another topic.
            return text.append(own).toString();
        }
        topic.ifPresent(id -> text.append(" t=").append(id));
        for (FailedRecord record : failed) {
            String field = field(record);
            if (text.length() + field.length() + own.length() > maxChars) {
                break;
            }
            text.append(field);
        }
        if (!done.isEmpty()) {
            int left = maxChars - text.length() - DONE.length() - own.length();
            String ranges = RangeCodec.encode(committed, done, left);
            text.append(ranges.isEmpty() ? "" : DONE + ranges);
        }
        return text.append(own).toString();
    }

    private static String field(FailedRecord record) {
        String epoch = record.leaderEpoch() < 0 ? "" : "@" + record.leaderEpoch();
        return " f=" + record.offset() + epoch + ':' + record.attempts() + (record.isHalted() ? ":halted" : "");
    }

    /** Reads a text that was committed with an offset; nothing if it is not ours or is damaged. */
    static Optional<CommitMetadata> decode(long committed, String text) {
        if (text == null || text.isEmpty()) {
            return Optional.of(EMPTY);
        }
        if (!text.equals(MAGIC) && !text.startsWith(MAGIC + " ")) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(committed, text.substring(MAGIC.length())));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static CommitMetadata parse(long committed, String fields) {
        int own = fields.indexOf(" u=");
        String ours = own < 0 ? fields : fields.substring(0, own);
        Optional<String> user = own < 0 ? Optional.empty() : Optional.of(fields.substring(own + 3));
        Optional<Instant> start = Optional.empty();
        Optional<TopicId> topic = Optional.empty();
        List<FailedRecord> failed = new ArrayList<>();
        DoneRanges done = DoneRanges.NONE;
        for (String field : ours.trim().split(" ", -1)) {
            if (field.startsWith("s=")) {
                start = Optional.of(Instant.ofEpochMilli(Long.parseLong(field.substring(2))));
            } else if (field.startsWith("t=")) {
                topic = TopicId.parse(field.substring(2));
            } else if (field.startsWith("f=")) {
                failed.add(parseFailed(field.substring(2).split(":")));
            } else if (field.startsWith("d=")) {
                done = ranges(committed, field.substring(2));
            }
        }
        return new CommitMetadata(start, topic, List.copyOf(failed), done, user);
    }

    /** Whoever copies offsets puts others in their place, which takes nothing from what the other fields say. */
    private static DoneRanges ranges(long committed, String field) {
        try {
            return RangeCodec.decode(committed, field);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return DoneRanges.NONE;
        }
    }

    private static FailedRecord parseFailed(String[] parts) {
        boolean halted = parts.length == 3 && parts[2].equals("halted");
        if (parts.length != 2 && !halted) {
            throw new IllegalArgumentException("a failed record is an offset, attempts, and perhaps the word halted");
        }
        int at = parts[0].indexOf('@');
        long offset = Long.parseLong(at < 0 ? parts[0] : parts[0].substring(0, at));
        int epoch = at < 0 ? -1 : Integer.parseInt(parts[0].substring(at + 1));
        int attempts = Integer.parseInt(parts[1]);
        if (offset < 0 || attempts < 1 || (at >= 0 && epoch < 0)) {
            throw new IllegalArgumentException("no record can have failed so: " + String.join(":", parts));
        }
        return new FailedRecord(offset, epoch, attempts, halted ? Standing.HALTED : Standing.PENDING);
    }
}
