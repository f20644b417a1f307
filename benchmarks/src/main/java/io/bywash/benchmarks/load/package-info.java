/** What is in the topics: the records, those that fill a topic beforehand, and those that come at a steady rate. */
package io.bywash.benchmarks.load;
