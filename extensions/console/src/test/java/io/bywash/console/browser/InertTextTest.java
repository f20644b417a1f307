package io.bywash.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes from records, handlers or other members is shown as text, and nothing of it is carried out. */
class InertTextTest {
    private static final String SCRIPT = "<img src=x onerror='window.injected=1'><script>window.injected=1</script>";

    @RegisterExtension
    @Order(1)
    static final Windows WINDOWS = new Windows();

    @RegisterExtension
    @Order(2)
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static Scene scene;

    @BeforeAll
    static void begin() {
        scene = new Scene(KAFKA.cluster(), 1, "bywash.console.show-records = true");
    }

    @AfterAll
    static void end() {
        if (scene != null) {
            scene.close();
        }
    }

    private static void assertInert(Page page, String text) {
        assertThat(page.getByText(text).first()).isVisible();
        assertEquals(0, page.locator("#app script, #app img[src=x]").count());
        assertEquals(true, page.evaluate("window.injected === undefined"));
    }

    @Test
    void theMessageOfAnException() {
        scene.produce("payments", "poison", SCRIPT);
        Page page = WINDOWS.open();
        page.navigate(scene.uri().toString());
        assertInert(page, SCRIPT);
        page.navigate(scene.uri() + "/#/c/payments/waiting");
        assertInert(page, SCRIPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/c/orders/partitions",
                "#/c/orders/in-flight",
                "#/c/orders/waiting",
                "#/c/orders/dead-letters",
                "#/c/orders/timeline",
                "#/c/orders/members"
            })
    void everyTextOfAnAnswer(String hash) {
        Page page = WINDOWS.open();
        new Canned(1, SCRIPT).serve(page);
        page.navigate(scene.uri() + "/" + hash);
        assertInert(page, "<script>window.injected=1</script>");
    }

    @Test
    void keyValueAndHeadersOfADeadLetter() {
        Page page = WINDOWS.open();
        new Canned(1, SCRIPT).serve(page);
        page.navigate(scene.uri() + "/#/c/orders/dead-letters");
        page.locator("tbody button.link").first().click();
        assertInert(page, SCRIPT);
        assertThat(page.locator("dialog pre")).hasText(SCRIPT);
        assertThat(page.locator("dialog dt")).hasText(SCRIPT);
        assertThat(page.locator("dialog dd")).hasText(SCRIPT);
    }
}
