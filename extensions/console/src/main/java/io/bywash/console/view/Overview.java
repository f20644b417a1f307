package io.bywash.console.view;

import io.bywash.core.event.ConsumerState;
import java.util.List;

/**
 * Where all consumers stand.
 *
 * @param state the state of the one that is worst off
 * @param ready whether all are members of their groups
 * @param consumers the consumers, in the order of the configuration
 */
public record Overview(ConsumerState state, boolean ready, List<ConsumerView> consumers) {}
