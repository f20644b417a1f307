package io.bywash.simulation.workload;

import java.util.List;

/** How an application gets at its records. */
interface Reading {

    /** Takes a record, or does what else is to be done for one to come. Never waits. */
    void take();

    /** Returns what has been taken, by partition. */
    List<Desk> desks();

    /** Has nothing more to do with the reader. */
    void end();
}
