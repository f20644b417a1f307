package io.bywash.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does on the page, and what becomes of it. */
class ActionsTest {
    @RegisterExtension
    @Order(1)
    static final Windows WINDOWS = new Windows();

    @RegisterExtension
    @Order(2)
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private Scene scene;

    @BeforeEach
    void begin() {
        scene = new Scene(KAFKA.cluster(), 2, "");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private Page at(String hash) {
        Page page = WINDOWS.open();
        page.navigate(scene.uri() + "/" + hash);
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void openRedrive(Page page) {
        page.locator("tbody")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Redrive…"))
                .click();
    }

    private static void typeAndSkip(Page page, String record, String typed) {
        button(page, "Skip…").click();
        Locator confirm = button(page, "Skip this record");
        assertThat(confirm).isDisabled();
        page.getByLabel("Type " + record + " to confirm").fill(typed);
        if (typed.equals(record)) {
            confirm.click();
        } else {
            assertThat(confirm).isDisabled();
            button(page, "Cancel").click();
        }
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    }

    @Test
    void aConsumerIsPausedAndResumed() {
        Page page = at("#/c/orders/partitions");
        Locator states = page.locator("a[role=row] .state");
        assertThat(states).hasCount(2);
        button(page, "Pause all").click();
        assertThat(states.filter(new Locator.FilterOptions().setHasText("Paused")))
                .hasCount(2);
        button(page, "Resume all").click();
        assertThat(states.filter(new Locator.FilterOptions().setHasText("Idle")))
                .hasCount(2);
    }

    @Test
    void onePartitionIsPausedAndResumed() {
        String partition = scene.topic("orders") + "-1";
        Page page = at("#/c/orders/partitions/" + partition);
        Locator window = page.getByRole(AriaRole.DIALOG);
        button(page, "Pause").click();
        assertThat(window).containsText("Paused by an operator");
        assertThat(page.locator("a[role=row] .state").filter(new Locator.FilterOptions().setHasText("Paused")))
                .hasCount(1);
        button(page, "Resume").click();
        assertThat(window).containsText("Nothing to read.");
    }

    @Test
    void aHaltedRecordIsSkippedOnlyOnceItsNameIsTyped() throws Exception {
        String record = scene.produce("payments", "poison", "amount is negative");
        Page page = at("");
        assertThat(page.locator(".held")).containsText("Halted");
        typeAndSkip(page, record, record.substring(0, record.length() - 1) + "9");
        assertThat(page.locator(".held")).containsText("Halted");
        typeAndSkip(page, record, record);
        assertThat(page.getByText("Everything moves")).isVisible();
        assertEquals(
                0,
                Client.of(scene.uri())
                        .get("/api/v1/consumers/payments/waiting")
                        .get("records")
                        .size());
    }

    @Test
    void aHaltedRecordIsTriedAgain() {
        scene.produce("payments", "poison", "amount is negative");
        Page page = at("#/c/payments/waiting");
        button(page, "Retry now").click();
        assertThat(page.getByText("Tried again.")).isVisible();
        Page timeline = at("#/audit");
        assertThat(timeline.locator("tbody tr").first()).containsText("retry");
        assertThat(timeline.locator("tbody tr").first()).containsText("anonymous");
    }

    @Test
    void theSourceTopicIsAChoiceOfItsOwn() {
        scene.produce("orders", "poison", "no customer 4711");
        Page page = at("#/c/orders/dead-letters");
        openRedrive(page);
        assertThat(page.getByLabel("back to this group alone")).isChecked();
        page.getByLabel("to the source topic").check();
        button(page, "Count (dry run)").click();
        assertThat(page.getByText("1 matched, 1 would be redriven")).isVisible();
        assertEquals(1, KAFKA.cluster().read(scene.topic("orders")).size());
        button(page, "Redrive").click();
        assertThat(page.getByText("1 matched, 1 redriven")).isVisible();
        assertEquals(2, KAFKA.cluster().read(scene.topic("orders")).size());
    }

    @Test
    void deadLettersAreCountedFirstAndThenRedriven() {
        scene.produce("orders", "poison", "no customer 4711");
        Page page = at("#/c/orders/dead-letters");
        openRedrive(page);
        assertThat(button(page, "Redrive")).isDisabled();
        button(page, "Count (dry run)").click();
        assertThat(page.getByText("1 matched, 1 would be redriven")).isVisible();
        button(page, "Redrive").click();
        assertThat(page.getByText("1 matched, 1 redriven")).isVisible();
    }

    /** As it must be where nobody knows any more what has gone back. */
    @Test
    void whatHasGoneBackGoesAgainOnceTheBoxIsChecked() {
        scene.produce("orders", "poison", "no customer 4711");
        Page page = at("#/c/orders/dead-letters");
        openRedrive(page);
        page.getByLabel("A record comes back at most").fill("1");
        button(page, "Count (dry run)").click();
        assertThat(page.getByText("1 matched, 1 would be redriven")).isVisible();
        button(page, "Redrive").click();
        assertThat(page.getByText("1 matched, 1 redriven")).isVisible();
        page.getByLabel("those that have gone back before as well").check();
        assertThat(button(page, "Redrive")).isDisabled();
        button(page, "Count (dry run)").click();
        assertThat(page.getByText("1 would be redriven")).isVisible();
    }
}
