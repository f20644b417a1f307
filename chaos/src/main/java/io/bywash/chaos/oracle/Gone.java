package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;

/**
 * A record that the brokers acknowledged and lost with the end of its log, or with all of it.
 *
 * @param record the record
 * @param micros when it was gone, in microseconds since 1970
 */
record Gone(Produced record, long micros) {

    /** Where it was. */
    Position at() {
        return new Position(record.partition(), record.offset());
    }
}
