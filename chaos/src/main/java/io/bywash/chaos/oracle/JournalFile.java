package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Line;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The journal of one process of a worker, read as it grows. One thread at a time. */
public final class JournalFile {
    private final String worker;
    private final Path path;
    private final List<Line> lines = new ArrayList<>();
    private long read;

    /**
     * Names a journal.
     *
     * @param worker the process that writes it
     * @param path the file, which may not exist yet
     */
    public JournalFile(String worker, Path path) {
        this.worker = worker;
        this.path = path;
    }

    /**
     * Returns whose journal it is.
     *
     * @return the name of the process
     */
    public String worker() {
        return worker;
    }

    /**
     * Reads on.
     *
     * @return all lines so far, in the order they were written
     * @throws IOException if the file cannot be read
     */
    public List<Line> lines() throws IOException {
        if (!Files.exists(path)) {
            return lines;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] more = new byte[Math.toIntExact(file.length() - read)];
            file.seek(read);
            file.readFully(more);
            int begin = 0;
            for (int i = 0; i < more.length; i++) {
                if (more[i] == '\n') {
                    Line.of(new String(more, begin, i - begin, StandardCharsets.UTF_8))
                            .ifPresent(lines::add);
                    begin = i + 1;
                }
            }
            read += begin;
        }
        return lines;
    }
}
