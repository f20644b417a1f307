/**
 * Counts and gauges in a Dropwizard registry that the application hands in. Names are
 * {@code bywash.<consumer>.<metric>} and {@code bywash.<consumer>.<topic>.<partition>.<metric>}.
 */
package io.bywash.core.metrics;
