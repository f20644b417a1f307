/** Writes records that no attempt could handle to a topic of their own. */
package io.bywash.core.deadletter;
