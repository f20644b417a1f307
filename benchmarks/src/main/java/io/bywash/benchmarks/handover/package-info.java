/** What a group of several processes suffers when one joins and when one is killed. */
package io.bywash.benchmarks.handover;
