/** What partitions cost: memory, threads, idle time. */
package io.bywash.benchmarks.scale;
