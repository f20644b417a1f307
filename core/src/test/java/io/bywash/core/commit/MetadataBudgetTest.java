package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.settings.MetadataLimits;
import org.junit.jupiter.api.Test;

/** No partition gets more than its share, all together no more than a request takes, and a refusal halves both. */
class MetadataBudgetTest {
    private final MetadataBudget budget = new MetadataBudget(new MetadataLimits(1_000, 2_500));

    @Test
    void allowsEachPartitionItsShareUntilTheRequestIsFull() {
        MetadataBudget.Request request = budget.request();
        assertEquals(1_000, request.allowance());
        request.used(900);
        assertEquals(1_000, request.allowance());
        request.used(1_000);
        assertEquals(600, request.allowance());
        request.used(700);
        assertEquals(0, request.allowance(), "what cannot be left out may take more than is left");
        assertEquals(1_000, budget.request().allowance(), "each request begins anew");
    }

    @Test
    void halvesBothUntilNothingIsLeft() {
        assertTrue(budget.halve());
        MetadataBudget.Request request = budget.request();
        assertEquals(500, request.allowance());
        request.used(1_000);
        assertEquals(250, request.allowance());
        int halvings = 1;
        while (budget.halve()) {
            halvings++;
        }
        assertEquals(10, halvings, "1000 is more than 2^9");
        assertEquals(0, budget.request().allowance());
        assertFalse(budget.halve());
    }
}
