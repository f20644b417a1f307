package io.bywash.tools.deadletter;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.fixture.LetterBox;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A redrive in a process of its own, which a test kills: servers, source topic, group. Prints how many letters are through. */
public final class RedriverMain {
    private RedriverMain() {}

    public static void main(String[] arguments) {
        ConsumerSettings settings = LetterBox.settings(arguments[0], arguments[1], arguments[2]);
        RedriveRequest request = new RedriveRequest(
                new Letters(settings).sources().get(0),
                LetterFilter.ALL,
                RedriveScope.PENDING,
                RedriveTarget.GROUP,
                new RedriveLimits(OptionalInt.of(40), OptionalLong.empty(), 3));
        new Redriver(settings).redrive(request, (soFar, total) -> System.out.println(soFar.redriven()), () -> false);
    }
}
