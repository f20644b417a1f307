/** The console as an extension: its jar on the class path switches it on. Its settings are {@code bywash.console}. */
package io.bywash.console;
