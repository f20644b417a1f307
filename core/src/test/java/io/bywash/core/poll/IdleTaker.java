package io.bywash.core.poll;

import io.bywash.core.session.RecordTaker;
import java.util.List;

/** Takes nothing. */
final class IdleTaker implements RecordTaker {

    @Override
    public void begin() {}

    @Override
    public void signal() {}

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public void interrupt() {}

    @Override
    public long callingAt() {
        return NO_CALL;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<StackTraceElement> stack() {
        return List.of();
    }
}
