package io.bywash.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, all read when the console starts. What a request names is looked up among them and never becomes a path of a
 * file system.
 */
final class Assets {
    private static final String FOLDER = "/io/bywash/console/page";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json; charset=utf-8");

    /**
     * A file.
     *
     * @param type its media type
     * @param content its bytes
     */
    record Asset(String type, byte[] content) {}

    private final Map<String, Asset> byPath;

    private Assets(Map<String, Asset> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /** Reads the files of this jar. */
    static Assets read() throws IOException {
        URL folder = Assets.class.getResource(FOLDER);
        if (folder == null) {
            throw new IOException("the jar of the console has no page; use the jar as it was built");
        }
        try {
            return read(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the jar of the console is at " + folder + ", which is no address; move it", e);
        }
    }

    /** Reads the files of a jar, or of a folder of a checkout. */
    static Assets read(URI folder) throws IOException {
        if (!folder.getScheme().equals("jar")) {
            return read(Path.of(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(jarOf(folder)), (@Nullable ClassLoader) null)) {
            return read(jar.getPath(FOLDER));
        }
    }

    private static URI jarOf(URI folder) {
        // As it is written there: what is decoded would have to be encoded again.
        String inside = folder.getRawSchemeSpecificPart();
        return URI.create(inside.substring(0, inside.indexOf("!/")));
    }

    private static Assets read(Path folder) throws IOException {
        Map<String, Asset> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : List.copyOf(files.filter(Files::isRegularFile).toList())) {
                String path = "/" + folder.relativize(file).toString().replace('\\', '/');
                found.put(path, new Asset(type(path), content(file)));
            }
        }
        return new Assets(found);
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        }
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    Optional<Asset> at(String path) {
        return Optional.ofNullable(byPath.get(path.equals("/") ? "/index.html" : path));
    }
}
