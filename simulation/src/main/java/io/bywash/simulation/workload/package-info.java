/** What there is to do and how it is done: records, the handler that takes them, and how its calls turn out. */
package io.bywash.simulation.workload;
