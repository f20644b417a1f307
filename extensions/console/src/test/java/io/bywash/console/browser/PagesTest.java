package io.bywash.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each page shows of an application that has trouble of every kind. */
class PagesTest {
    private static final int PARTITIONS = 4;
    private static final String MESSAGE = "amount is negative: -12.50";

    @RegisterExtension
    @Order(1)
    static final Windows WINDOWS = new Windows();

    @RegisterExtension
    @Order(2)
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static Scene scene;
    private static String slow;
    private static String halted;
    private static String retried;

    @BeforeAll
    static void begin() {
        scene = new Scene(KAFKA.cluster(), PARTITIONS, "");
        slow = scene.produce("orders", "slow", "takes its time");
        scene.produce("orders", "poison", "no customer 4711");
        halted = scene.produce("payments", "poison", MESSAGE);
        retried = scene.produce("shipping", "poison", "the carrier does not answer");
    }

    @AfterAll
    static void end() {
        if (scene != null) {
            scene.close();
        }
    }

    private static Page at(String hash) {
        Page page = WINDOWS.open();
        page.navigate(scene.uri() + "/" + hash);
        return page;
    }

    private static String partitionOf(String record) {
        return record.substring(0, record.indexOf('@'));
    }

    private static Locator row(Page page, String record) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(record));
    }

    @Test
    void theOverviewSaysFirstWhichPartitionsAreHeldAndWhy() {
        Page page = at("");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(Pattern.compile("\\d partitions are held up"));
        Locator held =
                page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(partitionOf(halted)));
        assertThat(held).containsText("Stopped at a record until you decide, at offset");
        assertThat(held).containsText(MESSAGE);
        assertThat(page).hasTitle(Pattern.compile("\\(\\d held\\) Bywash"));
        // The whole partition waits, so it comes before those of which only a key waits.
        assertThat(page.locator(".held").first()).containsText(partitionOf(halted));
    }

    @Test
    void theChartsFollowTheTraffic() {
        Page page = at("");
        Locator handled = page.locator(".card")
                .filter(new Locator.FilterOptions().setHasText("group " + scene.group("orders")))
                .getByLabel(Pattern.compile("Handled per second"));
        assertThat(handled.locator("canvas")).isVisible();
        assertThat(handled.locator("strong")).hasText("0");
        for (int i = 0; i < 500; i++) {
            scene.produce("orders", "key-" + i % 10, "order " + i);
        }
        assertThat(handled.locator("strong")).not().hasText("0");
        assertThat(page.getByText("live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void partitionsAreListedAndEachTellsEverythingAboutItself() {
        Page page = at("#/c/payments/partitions");
        Locator table = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Partitions"));
        assertThat(table.locator("a[role=row]")).hasCount(PARTITIONS);
        assertThat(table.locator("a[role=row]").first()).containsText("Halted");
        row(page, partitionOf(halted)).click();
        Locator window = page.getByRole(AriaRole.DIALOG);
        assertThat(window).containsText("Complete up to");
        assertThat(window).containsText(MESSAGE);
        assertThat(window).containsText("payments");
        page.keyboard().press("Escape");
        assertThat(window).isHidden();
    }

    @Test
    void partitionsAreFoundByConditionAndName() {
        Page page = at("#/c/payments/partitions");
        Locator rows = page.locator("a[role=row]");
        assertThat(rows).hasCount(PARTITIONS);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Held")))
                .click();
        assertThat(rows).hasCount(1);
        page.getByLabel("Find a partition").fill("no such partition");
        assertThat(page.getByText("No partition to show")).isVisible();
    }

    @Test
    void theKeyboardReachesEveryRow() {
        Page page = at("#/c/payments/partitions");
        Locator rows = page.locator("a[role=row]");
        assertThat(rows).hasCount(PARTITIONS);
        rows.first().focus();
        page.keyboard().press("ArrowDown");
        assertThat(rows.nth(1)).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    @Test
    void aCallUnderWayShowsWhereItsThreadIs() {
        Page page = at("#/c/orders/in-flight");
        Locator call = row(page, slow);
        assertThat(call).isVisible();
        call.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("CountDownLatch.await");
    }

    @Test
    void waitingRecordsSayWhatTheyWaitFor() {
        Page page = at("#/c/shipping/waiting");
        assertThat(row(page, retried)).containsText("Retry");
        assertThat(row(page, retried)).containsText(Pattern.compile("in \\d+ min"));
        page.getByLabel("Consumer", new Page.GetByLabelOptions().setExact(true)).selectOption("payments");
        assertThat(row(page, halted)).containsText("when you decide");
    }

    @Test
    void theTimelineTellsOfRebalancesAndFailures() {
        Page page = at("#/c/payments/timeline");
        Locator timeline = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Timeline"));
        assertThat(timeline).containsText("rebalance completed");
        assertThat(timeline.locator(".failure").first()).isVisible();
    }

    @Test
    void membersAreThoseOfTheGroup() {
        Page page = at("#/c/payments/members");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.getByText("this process")).isVisible();
        assertThat(page.locator("tbody tr")).containsText(scene.topic("payments"));
    }

    @Test
    void theConfigurationIsThatInEffect() {
        Page page = at("#/configuration");
        assertThat(page.getByLabel("Configuration", new Page.GetByLabelOptions().setExact(true)))
                .containsText(scene.group("payments"));
    }

    @Test
    void deadLettersAreGroupedByWhatTheyFailedWith() {
        Page page = at("#/c/orders/dead-letters");
        Locator group = row(page, "IllegalStateException");
        assertThat(group).isVisible();
        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("IllegalStateException"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("no customer 4711");
    }

    @Test
    void anAddressThatDoesNotExistSaysSo() {
        Page page = at("#/c/no-such-consumer/partitions");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such page");
    }

    @Test
    void theColoursAreThoseOfTheSystemUntilOthersAreChosen() {
        Page page = WINDOWS.open(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        page.navigate(scene.uri().toString());
        Locator root = page.locator("html");
        assertThat(root).hasAttribute("data-theme", "dark");
        page.getByLabel("Light colours").click();
        assertThat(root).hasAttribute("data-theme", "light");
        page.reload();
        assertThat(root).hasAttribute("data-theme", "light");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#/c/payments/partitions",
                "#/c/orders/in-flight",
                "#/c/payments/waiting",
                "#/c/orders/dead-letters",
                "#/c/payments/timeline",
                "#/c/payments/members",
                "#/configuration",
                "#/audit"
            })
    void everyPageFitsAPhone(String hash) {
        Page page = WINDOWS.open(new Browser.NewContextOptions().setViewportSize(390, 844));
        page.navigate(scene.uri() + "/" + hash);
        assertThat(page.locator("main .page")).isVisible();
        assertThat(page.locator(".loading")).hasCount(0);
        assertEquals(390, page.evaluate("document.documentElement.scrollWidth"), "the page is as wide as the screen");
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        Page page = WINDOWS.open();
        Set<String> hosts = ConcurrentHashMap.newKeySet();
        page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
        page.navigate(scene.uri().toString());
        assertThat(page.locator(".verdict")).isVisible();
        assertEquals(Set.of(scene.uri().getAuthority()), hosts);
    }
}
