package io.bywash.core.poll;

import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.RecordTaker;
import java.util.List;

/** Takes nothing. */
final class IdleTaker implements RecordTaker {

    @Override
    public void start() {}

    @Override
    public void signal() {}

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public void interrupt() {}

    @Override
    public List<CallInFlight> calls() {
        return List.of();
    }
}
