/** Brings what changes to every open page once a second, however many there are and however slowly they read. */
package io.bywash.console.stream;
