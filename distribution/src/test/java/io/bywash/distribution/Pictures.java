package io.bywash.distribution;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Takes the pictures of the documentation in passing, if {@code bywash.pictures} names a folder for them. Needs Chromium then. */
final class Pictures {
    private static final long PATIENCE_S = 60;

    private final Optional<Path> folder =
            Optional.ofNullable(System.getProperty("bywash.pictures")).map(Path::of);

    void take(URI page, String name) {
        folder.ifPresent(into -> take(page, into.toAbsolutePath().resolve(name + ".png")));
    }

    private static void take(URI page, Path file) {
        try {
            Files.createDirectories(file.getParent());
            Process browser = new ProcessBuilder(
                            "chromium",
                            "--headless=new",
                            "--no-sandbox",
                            "--hide-scrollbars",
                            "--window-size=1280,640",
                            "--timeout=5000",
                            "--screenshot=" + file,
                            page.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!browser.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                browser.destroyForcibly();
            }
            if (!Files.exists(file)) {
                throw new IllegalStateException("Chromium took no picture of " + page);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no picture of " + page, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
