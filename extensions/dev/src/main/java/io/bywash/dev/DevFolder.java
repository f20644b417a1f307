package io.bywash.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** Where the command keeps topics, offsets and the demo's database. */
final class DevFolder implements AutoCloseable {

    /** What becomes of it when the command ends. */
    private enum Afterwards {
        KEEP,
        DELETE
    }

    private final Path path;
    private final Afterwards afterwards;

    private DevFolder(Path path, Afterwards afterwards) {
        this.path = path.toAbsolutePath();
        this.afterwards = afterwards;
    }

    /** The given folder, created if absent, or else a new one that is deleted on {@link #close}. */
    static DevFolder of(Optional<Path> wanted) {
        try {
            return wanted.isPresent()
                    ? new DevFolder(Files.createDirectories(wanted.get()), Afterwards.KEEP)
                    : new DevFolder(Files.createTempDirectory("bywash-dev"), Afterwards.DELETE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the data folder "
                            + wanted.map(Path::toString).orElse("under " + System.getProperty("java.io.tmpdir"))
                            + " cannot be created: " + e + "; name a folder that this user may write to with --data",
                    e);
        }
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path database() {
        return path.resolve("orders");
    }

    @Override
    public void close() {
        if (afterwards == Afterwards.DELETE) {
            try {
                Utils.delete(path.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the temporary folder " + path + " cannot be deleted: " + e + "; delete it by hand", e);
            }
        }
    }
}
