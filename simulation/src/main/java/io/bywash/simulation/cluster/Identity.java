package io.bywash.simulation.cluster;

import java.util.Optional;

/**
 * What a member signs with.
 *
 * @param member its id; empty before it has one
 * @param instance its {@code group.instance.id}, if it is static
 * @param generation the last generation, or epoch, that it was part of
 */
record Identity(String member, Optional<String> instance, int generation) {}
