package io.bywash.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page keeps up with what happens, with very many partitions, for those who may only read, and when the process ends. */
class LiveTest {
    private static final int MANY = 5_000;
    private static final int MOST_ROWS_IN_VIEW = 80;

    @RegisterExtension
    @Order(1)
    static final Windows WINDOWS = new Windows();

    @RegisterExtension
    @Order(2)
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static Scene scene(String settings) {
        return new Scene(KAFKA.cluster(), 1, settings);
    }

    @Test
    void whatHappensIsShownWithoutLoadingThePageAgain() {
        try (Scene scene = scene("")) {
            Page page = WINDOWS.open();
            page.navigate(scene.uri().toString());
            assertThat(page.getByText("Everything moves")).isVisible();
            String record = scene.produce("payments", "poison", "amount is negative");
            assertThat(page.getByText("1 partition is held up")).isVisible();
            assertThat(page.locator(".held")).containsText(record.substring(0, record.indexOf('@')));
        }
    }

    @Test
    void ofFiveThousandPartitionsOnlyThoseInViewAreDrawn() {
        try (Scene scene = scene("")) {
            Page page = WINDOWS.open();
            new Canned(MANY, "text").serve(page);
            page.navigate(scene.uri() + "/#/c/orders/partitions");
            Locator rows = page.locator("a[role=row]");
            assertThat(rows.first()).containsText("orders-4999");
            assertThat(page.getByRole(AriaRole.TABLE)).hasAttribute("aria-rowcount", String.valueOf(MANY + 1));
            assertTrue(rows.count() < MOST_ROWS_IN_VIEW, () -> rows.count() + " rows are drawn");
            page.locator(".vscroll").evaluate("it => it.scrollTo(0, it.scrollHeight)");
            assertThat(rows.last()).containsText("orders-4998");
            assertTrue(rows.count() < MOST_ROWS_IN_VIEW, () -> rows.count() + " rows are drawn");
        }
    }

    @Test
    void thoseWhoMayOnlyReadAreOfferedNoAction() {
        String users = "bywash.console.users { rita { password = \"only reads\", role = read } }";
        try (Scene scene = scene(users)) {
            scene.produce("payments", "poison", "amount is negative");
            Page page = WINDOWS.open(new Browser.NewContextOptions().setHttpCredentials("rita", "only reads"));
            page.navigate(scene.uri().toString());
            assertThat(page.getByText("rita, read only")).isVisible();
            assertThat(page.locator(".held")).containsText("Halted");
            assertThat(page.locator("main").getByRole(AriaRole.BUTTON)).hasCount(0);
        }
    }

    @Test
    void aPageThatWasNeverLiveDoesNotSayThatItConnectsAgain() {
        try (Scene scene = scene("")) {
            Page page = WINDOWS.open();
            page.route("**/api/v1/stream", route -> {}); // and never answers
            page.navigate(scene.uri().toString());
            assertThat(page.locator(".link-state")).hasText("connecting…");
            page.unroute("**/api/v1/stream");
            page.reload();
            assertThat(page.locator(".link-state")).hasText("live");
        }
    }

    @Test
    void aProcessThatEndsIsNotTakenForOneWithoutTrouble() {
        Page page = WINDOWS.open();
        try (Scene scene = scene("")) {
            page.navigate(scene.uri().toString());
            assertThat(page.getByText("Everything moves")).isVisible();
            assertThat(page.locator(".link-state")).hasText("live");
        }
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The console does not answer");
        assertThat(page.locator(".link-state")).hasText("reconnecting…");
    }
}
