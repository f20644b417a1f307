/** Breaks real brokers and real workers under load, and says what came of it. Run by hand, and in short form by its tests. */
package io.bywash.chaos;
