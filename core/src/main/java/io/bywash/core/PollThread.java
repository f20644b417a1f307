package io.bywash.core;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.pull.PollRequests;
import io.bywash.core.session.PartitionSession;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes requests on to the poll loop, which does not exist before the takers of its records do. */
record PollThread(Engine engine) implements PollRequests {
    @Override
    public void commit(Consumer<Optional<Exception>> done) {
        engine.control().commit(done);
    }

    @Override
    public void reset(RecordPosition target) {
        engine.control().reset(target);
    }

    @Override
    public void reset(PartitionSession session, long offset) {
        engine.control().reset(session, offset);
    }
}
