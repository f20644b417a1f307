package io.bywash.chaos.trial;

import io.bywash.chaos.worker.Protocol;

/**
 * What a trial is to do in one run.
 *
 * @param protocol how the group shares its partitions
 * @param records how many records there are at least
 * @param faults how many faults there are
 */
record Share(Protocol protocol, long records, int faults) {}
