package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;

/** No position jumps but from below the beginning of a log that has lost its first records, and in a topic that was made anew. */
final class JumpJudge {
    private JumpJudge() {}

    static void judge(Evidence evidence, Findings findings) {
        for (History.Note note : evidence.history().notes(Mark.JUMPED)) {
            Line line = note.line();
            long begin = evidence.begins().getOrDefault(line.partition(), 0L);
            if (line.offset() >= begin) {
                findings.add("a jump from where records are", line + ", the log begins at " + begin);
            }
        }
        for (History.Note note : evidence.history().notes(Mark.RECREATED)) {
            Line line = note.line();
            boolean isAnew =
                    evidence.cuts().stream().anyMatch(cut -> cut.topic().isPresent() && cut.gone() < line.micros());
            if (!isAnew) {
                findings.add("begun anew with the topic that was there", line.toString());
            }
        }
    }
}
