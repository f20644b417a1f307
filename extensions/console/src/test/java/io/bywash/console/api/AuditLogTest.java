package io.bywash.console.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.console.http.Caller;
import io.bywash.console.settings.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Caller ANA = new Caller("ana", Role.OPERATE, "token", "127.0.0.1");
    private static final Caller ROB = new Caller("rob", Role.READ, "token", "127.0.0.1");

    private final AuditLog audit = new AuditLog();

    private List<String> shown() {
        return audit.newestFirst().stream()
                .map(entry -> entry.user() + " " + entry.action() + " " + entry.target())
                .toList();
    }

    @Test
    void whatWasDoneAndWhatWasRefusedIsShownByTime() {
        audit.add(ANA, "pause", "orders", "done");
        audit.refused(ROB, "POST /resume");
        audit.add(ANA, "resume", "orders", "done");
        assertEquals(List.of("ana resume orders", "rob refused POST /resume", "ana pause orders"), shown());
    }

    @Test
    void whoMayOnlyReadCannotPushOutWhatOthersDid() {
        audit.add(ANA, "skip", "orders-0@42", "done");
        for (int i = 0; i < 2_000; i++) {
            audit.refused(ROB, "POST /" + i);
        }
        List<String> shown = shown();
        assertEquals("ana skip orders-0@42", shown.get(shown.size() - 1));
        assertEquals("rob refused POST /1999", shown.get(0));
        assertEquals(1_001, shown.size(), "the memory is bounded");
    }

    @Test
    void actionsAreBoundedAsWell() {
        audit.refused(ROB, "POST /skip");
        for (int i = 0; i < 2_000; i++) {
            audit.add(ANA, "pause", String.valueOf(i), "done");
        }
        assertEquals(1_001, shown().size());
    }
}
