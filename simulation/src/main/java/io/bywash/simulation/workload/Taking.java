package io.bywash.simulation.workload;

import io.bywash.core.GroupReader;
import io.bywash.simulation.oracle.Oracle;
import io.bywash.simulation.oracle.ReadJudge;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;

/** Who takes the records. */
public enum Taking {
    /** A handler is called for them. */
    HANDLERS {
        @Override
        Reading reading(String process, GroupReader<String, Nature> reader, ReadJudge judge, Chance chance) {
            throw new IllegalStateException("handlers are called, and do not read");
        }
    },
    /** An application reads those of all partitions as one stream. */
    STREAM {
        @Override
        Reading reading(String process, GroupReader<String, Nature> reader, ReadJudge judge, Chance chance) {
            return new StreamReading(process, reader, judge);
        }
    },
    /** An application reads each partition as a stream of its own. */
    STREAMS {
        @Override
        Reading reading(String process, GroupReader<String, Nature> reader, ReadJudge judge, Chance chance) {
            return new StreamsReading(process, reader, judge, chance);
        }
    };

    abstract Reading reading(String process, GroupReader<String, Nature> reader, ReadJudge judge, Chance chance);

    /**
     * Creates the application of a process.
     *
     * @param process the name of the process
     * @param stage where it takes its steps
     * @param script decides how long they take
     * @param oracle is told
     * @param reader what it reads with
     */
    public Application application(
            String process, Stage stage, Script script, Oracle oracle, GroupReader<String, Nature> reader) {
        Reading reading = reading(process, reader, oracle.reads(), stage.chance());
        return new Application(process, stage, script, oracle.reads(), new Application.Use(reader, reading));
    }
}
