package io.bywash.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Bytes, and where they came from.
 *
 * @param origin the absolute path of the file, or words for inline text; opens every message about the bytes
 * @param bytes never to be printed
 */
record Content(String origin, byte[] bytes) {
    /** Many times the largest trust store in use; keeps a wrong path, such as a device, from filling the heap. */
    private static final int MAX_BYTES = 16 << 20;

    static Content of(PemSource source) throws UnusableException {
        if (source instanceof PemSource.File file) {
            return read(file.path());
        }
        PemSource.Inline inline = (PemSource.Inline) source;
        return new Content(origin(source), inline.pem().reveal().getBytes(UTF_8));
    }

    /** The words that stand for a source in messages. */
    static String origin(PemSource source) {
        return source instanceof PemSource.File file ? absolute(file.path()) : "the inline PEM text";
    }

    static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    static Content read(Path file) throws UnusableException {
        String origin = absolute(file);
        if (Files.isDirectory(file)) {
            throw new UnusableException(origin + " is a directory; name a file inside it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableException(
                        origin + " is larger than 16 MiB, so it is another file than meant; check the path");
            }
            return new Content(origin, bytes);
        } catch (NoSuchFileException e) {
            throw new UnusableException(origin + " does not exist; create it or correct the path");
        } catch (AccessDeniedException e) {
            throw new UnusableException(origin + " may not be read by user '" + System.getProperty("user.name")
                    + "'; change its owner or mode");
        } catch (IOException e) {
            throw new UnusableException(
                    origin + " cannot be read (" + reason(e) + "); check the file and its file system");
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    String text() {
        return new String(bytes, UTF_8);
    }
}
