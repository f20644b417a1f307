package io.bywash.console.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens windows for the tests of a class, and closes them after each. A test fails if a script of the page failed, or if the browser
 * refused something because of the page's own security policy. Without a browser the tests are skipped.
 */
final class Windows implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** How long the page may take to show something: far more than it needs, since other builds may run beside this one. */
    static final double PATIENCE_MILLIS = 60_000;

    private static final Browser.NewContextOptions DESK = new Browser.NewContextOptions().setViewportSize(1280, 800);

    private final List<BrowserContext> open = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private @Nullable Chromium chromium;

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = Chromium.executable();
        Assumptions.assumeTrue(
                executable.isPresent(),
                "no Chromium on this machine, so the page is not tested in a browser; install the package chromium");
        chromium = Chromium.start(executable.orElseThrow());
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** A window as on a desk. */
    Page open() {
        return open(DESK);
    }

    /** A window of a given kind. */
    Page open(Browser.NewContextOptions options) {
        BrowserContext window = Objects.requireNonNull(chromium).window(options);
        open.add(window);
        window.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = window.newPage();
        page.onPageError(failures::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                failures.add(message.text());
            }
        });
        return page;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(BrowserContext::close);
        open.clear();
        List<String> found = List.copyOf(failures);
        failures.clear();
        assertEquals(List.of(), found, "what failed in the page");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (chromium != null) {
            chromium.close();
        }
    }
}
