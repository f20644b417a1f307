package io.bywash.distribution;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Takes pictures of a console, for the documentation. */
sealed interface Pictures extends AutoCloseable {

    /** Begins, if the system property {@code bywash.pictures} names the folder for them; else no picture is taken. */
    static Pictures ifWanted() {
        String folder = System.getProperty("bywash.pictures");
        return folder == null ? new None() : new Of(Path.of(folder));
    }

    /** Takes a picture of a page once it has loaded. */
    void take(URI page, String name);

    @Override
    void close();

    /** No pictures. */
    record None() implements Pictures {
        @Override
        public void take(URI page, String name) {
            // Nobody wants it.
        }

        @Override
        public void close() {
            // Nothing was begun.
        }
    }

    /** Pictures by the Chromium of this machine. */
    final class Of implements Pictures {
        private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
        private static final int WIDTH = 1280;
        private static final int HEIGHT = 480;

        private final Path folder;
        private final Playwright playwright;
        private final Browser browser;

        Of(Path folder) {
            this.folder = folder;
            this.playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            this.browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        }

        @Override
        public void take(URI page, String name) {
            try (Page window = browser.newPage(new Browser.NewPageOptions().setViewportSize(WIDTH, HEIGHT))) {
                window.navigate(page.toString());
                window.locator("main .page").waitFor();
                window.locator(".link-state.live").waitFor();
                window.locator(".loading")
                        .first()
                        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
                window.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
            }
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
