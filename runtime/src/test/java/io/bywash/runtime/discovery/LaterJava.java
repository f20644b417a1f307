package io.bywash.runtime.discovery;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a class look as if a Java that does not exist yet had compiled it. */
final class LaterJava {
    private static final int MAJOR_VERSION = 7;

    private LaterJava() {}

    static void rewrite(Path jar, String entry) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path file = files.getPath(entry);
            byte[] bytes = Files.readAllBytes(file);
            bytes[MAJOR_VERSION] = Byte.MAX_VALUE;
            Files.write(file, bytes);
        }
    }
}
