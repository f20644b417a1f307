package io.bywash.core.clients;

import io.bywash.core.settings.LetterRetention;

/**
 * A dead-letter topic that is to be created. It gets the brokers' default for replicas, and its letters go by their age, never because of
 * their keys.
 *
 * @param name its name
 * @param source the topic whose records become its letters
 * @param partitions how many partitions it gets
 * @param retention how long it keeps letters
 */
public record LetterTopic(String name, String source, int partitions, LetterRetention retention) {}
