package io.bywash.chaos.worker;

import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a worker did, one line at a time, each in the hands of the operating system before the worker goes on: a kill takes nothing
 * back. Any thread.
 */
final class Journal implements AutoCloseable {
    private static final String FILE = "chaos.journal";

    /** A stream, since a channel is closed for good by an interrupt that meets a thread in it, and calls are interrupted here. */
    private final FileOutputStream file;

    /** That of a process whose parts do not know each other. */
    private static final class OfProcess {
        private static final Journal ONLY = open();

        private OfProcess() {}

        private static Journal open() {
            try {
                return new Journal(Path.of(System.getProperty(FILE)));
            } catch (IOException e) {
                throw new UncheckedIOException("there is no journal, so nothing this worker does can be judged", e);
            }
        }
    }

    /** Says where the journal of this process goes, before anybody asks for it. */
    static void ofProcess(String path) {
        System.setProperty(FILE, path);
    }

    /** The journal of this process. */
    static Journal ofProcess() {
        return OfProcess.ONLY;
    }

    Journal(Path path) throws IOException {
        file = new FileOutputStream(Files.createFile(path).toFile(), true);
    }

    void write(Mark mark, int partition, long offset, int attempt) {
        byte[] text = Line.now(mark, partition, offset, attempt).text().getBytes(StandardCharsets.UTF_8);
        try {
            // One write of an append-only file: lines of several threads do not mix.
            file.write(text);
        } catch (IOException e) {
            // Without a journal nothing that this worker does can be judged: an error ends it, or stands in its log if
            // a listener came to know of it.
            throw new IOError(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
