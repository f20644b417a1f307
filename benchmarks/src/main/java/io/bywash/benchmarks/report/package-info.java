/** Tables and charts of figures. Knows nothing of what they mean. */
package io.bywash.benchmarks.report;
