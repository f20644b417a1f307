/**
 * Dead letters as something to work with: find them, look at them, send them back. For the commands and for the console; knows
 * neither.
 */
package io.bywash.tools.deadletter;
