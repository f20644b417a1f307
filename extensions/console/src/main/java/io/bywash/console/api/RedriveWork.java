package io.bywash.console.api;

import io.bywash.tools.deadletter.LetterSource;
import io.bywash.tools.deadletter.Letters;
import io.bywash.tools.deadletter.RedriveListener;
import io.bywash.tools.deadletter.RedriveReport;
import io.bywash.tools.deadletter.RedriveRequest;
import io.bywash.tools.deadletter.Redriver;
import java.util.function.Consumer;

/** Does what a redrive is about: one dead-letter topic of the consumer after the other, until it is to stop. May be used by any thread. */
final class RedriveWork implements Consumer<Redrive> {

    @Override
    public void accept(Redrive redrive) {
        Redriver redriver = new Redriver(redrive.settings());
        for (LetterSource source : new Letters(redrive.settings()).sources()) {
            if (redrive.isToStop()) {
                return;
            }
            RedriveStatus before = redrive.status();
            RedriveRequest request = redrive.plan().of(source);
            RedriveListener listener = (soFar, total) -> redrive.set(before.plus(soFar));
            RedriveReport report = redrive.plan().mode() == Redrives.Mode.REHEARSE
                    ? redriver.rehearse(request, listener, redrive::isToStop)
                    : redriver.redrive(request, listener, redrive::isToStop);
            redrive.set(before.plus(report));
        }
    }
}
