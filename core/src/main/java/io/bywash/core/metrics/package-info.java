/**
 * Counts, gauges and histograms in a Dropwizard registry that the application hands in. Names are
 * {@code bywash.<consumer>.<metric>}, {@code bywash.<consumer>.<handler>.<metric>} and
 * {@code bywash.<consumer>.<topic>.<partition>.<metric>}.
 */
package io.bywash.core.metrics;
