package io.bywash.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;

/** Takes the pictures of the documentation, of an application with trouble of every kind. Begun by hand. */
public final class Screenshots {
    private static final int PARTITIONS = 12;

    /** A slow call counts as one by the time the pictures are taken. */
    private static final String SETTINGS =
            "bywash { console.show-records = true, defaults { stuck-after = 20s, stall-after = 20s } }";

    private static final Duration TRAFFIC = Duration.ofSeconds(40);
    private static final int PHONE_WIDTH = 390;
    private static final int DESK_WIDTH = 1280;

    private final Scene scene;
    private final Chromium chromium;
    private final Path folder;

    private Screenshots(Scene scene, Chromium chromium, Path folder) {
        this.scene = scene;
        this.chromium = chromium;
        this.folder = folder;
    }

    /** Takes the folder to write to, such as docs/images. */
    public static void main(String[] arguments) {
        Path executable = Chromium.executable().orElseThrow();
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start();
                Scene scene = new Scene(kafka, PARTITIONS, SETTINGS);
                Chromium chromium = Chromium.start(executable)) {
            new Screenshots(scene, chromium, Path.of(arguments[0])).take();
        }
    }

    private void take() {
        BrowserContext light = window(DESK_WIDTH, 1240, ColorScheme.LIGHT);
        BrowserContext dark = window(DESK_WIDTH, 760, ColorScheme.DARK);
        BrowserContext phone = window(PHONE_WIDTH, 844, ColorScheme.DARK);
        trouble();
        Page overview = open(light, "");
        Page small = open(phone, "");
        traffic();
        picture(overview, "console-overview");
        picture(small, "console-phone");
        picture(open(dark, "#/c/payments/partitions"), "console-partitions-dark");
        picture(open(light, "#/c/shipping/waiting"), "console-waiting");
        picture(open(dark, "#/c/orders/dead-letters"), "console-dead-letters-dark");
        picture(open(dark, "#/c/payments/timeline"), "console-timeline-dark");
        picture(redrive(light), "console-redrive");
        picture(redrive(phone), "console-redrive-phone");
    }

    private Page redrive(BrowserContext window) {
        Page page = open(window, "#/c/orders/dead-letters");
        page.locator("tbody")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Redrive…"))
                .click();
        page.getByRole(AriaRole.DIALOG).waitFor();
        return page;
    }

    private BrowserContext window(int width, int height, ColorScheme colours) {
        return chromium.window(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
    }

    private Page open(BrowserContext window, String hash) {
        Page page = window.newPage();
        page.navigate(scene.uri() + "/" + hash);
        page.locator("main .page").waitFor();
        return page;
    }

    private void picture(Page page, String name) {
        page.locator(".link-state.live").waitFor();
        page.locator(".loading").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }

    private void trouble() {
        scene.produce("orders", "slow", "takes its time");
        scene.produce("orders", "poison", "no customer 4711");
        scene.produce("payments", "poison", "amount is negative: -12.50");
        scene.produce("shipping", "poison", "the carrier does not answer");
    }

    private void traffic() {
        long end = System.nanoTime() + TRAFFIC.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            scene.produce("orders", "customer-" + i % 40, "order " + i);
            scene.produce("payments", "account-" + i % 40, "payment " + i);
            scene.produce("shipping", "parcel-" + i % 40, "parcel " + i);
        }
    }
}
