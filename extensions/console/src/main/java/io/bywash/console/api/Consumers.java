package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.core.GroupConsumer;
import io.javalin.http.Context;
import java.util.Map;

/** Finds the consumer a request is about. */
final class Consumers {
    private final Map<String, GroupConsumer> all;

    Consumers(Map<String, GroupConsumer> all) {
        this.all = all;
    }

    Map<String, GroupConsumer> all() {
        return all;
    }

    /** Returns the consumer that a path names. */
    GroupConsumer named(Context context) {
        GroupConsumer found = all.get(context.pathParam("name"));
        if (found == null) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "no such consumer",
                    "this process has the consumers " + String.join(", ", all.keySet()) + "; name one of them");
        }
        return found;
    }
}
