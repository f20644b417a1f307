/** What is measured, who takes part, and what the figures of all rounds come to. */
package io.bywash.benchmarks.scenario;
