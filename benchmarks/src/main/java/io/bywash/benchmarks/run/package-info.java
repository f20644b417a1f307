/** Runs a subject in a process of its own and measures it there; and the broker in another. */
package io.bywash.benchmarks.run;
