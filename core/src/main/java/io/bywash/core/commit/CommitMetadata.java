package io.bywash.core.commit;

import io.bywash.core.session.FailedRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * The text committed with an offset.
 *
 * <p>Format: {@code bywash/1}, then fields, each a blank, a letter, {@code =} and a value without blanks: {@code s} the group's
 * first start in milliseconds since 1970; {@code f} a record that failed, as {@code offset:attempts} or
 * {@code offset:attempts:halted}. The last field may be {@code u}, the text of the application, which goes on to the end and may
 * hold anything. Unknown fields are passed over, so that a later version can be read by this one.
 *
 * @param groupStart when the group first started
 * @param failed the first incomplete record, if it has failed
 * @param user the text of the application
 */
record CommitMetadata(Optional<Instant> groupStart, Optional<FailedRecord> failed, Optional<String> user) {
    private static final String MAGIC = "bywash/1";
    private static final CommitMetadata EMPTY =
            new CommitMetadata(Optional.empty(), Optional.empty(), Optional.empty());

    String encode() {
        StringBuilder text = new StringBuilder(MAGIC);
        groupStart.ifPresent(start -> text.append(" s=").append(start.toEpochMilli()));
        failed.ifPresent(record -> text.append(" f=")
                .append(record.offset())
                .append(':')
                .append(record.attempts())
                .append(record.halted() ? ":halted" : ""));
        user.ifPresent(own -> text.append(" u=").append(own));
        return text.toString();
    }

    /** Reads a text; nothing if it is not ours or is damaged. */
    static Optional<CommitMetadata> decode(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.of(EMPTY);
        }
        if (!text.equals(MAGIC) && !text.startsWith(MAGIC + " ")) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text.substring(MAGIC.length())));
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static CommitMetadata parse(String fields) {
        int own = fields.indexOf(" u=");
        String ours = own < 0 ? fields : fields.substring(0, own);
        Optional<String> user = own < 0 ? Optional.empty() : Optional.of(fields.substring(own + 3));
        Optional<Instant> start = Optional.empty();
        Optional<FailedRecord> failed = Optional.empty();
        for (String field : ours.trim().split(" ", -1)) {
            if (field.startsWith("s=")) {
                start = Optional.of(Instant.ofEpochMilli(Long.parseLong(field.substring(2))));
            } else if (field.startsWith("f=")) {
                failed = Optional.of(parseFailed(field.substring(2).split(":")));
            }
        }
        return new CommitMetadata(start, failed, user);
    }

    private static FailedRecord parseFailed(String[] parts) {
        boolean halted = parts.length == 3 && parts[2].equals("halted");
        if (parts.length != 2 && !halted) {
            throw new IllegalArgumentException("a failed record is an offset, attempts, and perhaps the word halted");
        }
        FailedRecord failed = new FailedRecord(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), halted);
        if (failed.offset() < 0 || failed.attempts() < 1) {
            throw new IllegalArgumentException("no such record can have failed: " + failed);
        }
        return failed;
    }
}
