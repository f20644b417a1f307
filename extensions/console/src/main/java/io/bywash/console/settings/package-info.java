/** What the console is told: where it listens, who may do what. Values that check themselves, and the reader of {@code bywash.console}. */
package io.bywash.console.settings;
