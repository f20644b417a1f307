/** Measurements of the engine beside other ways to consume, in one run on one machine. Not tests: they print figures. */
package io.bywash.benchmarks;
