/**
 * Judges consumers by their snapshots: whether they live, are ready, have started, and what holds them up. Extensions and the command
 * line show it, each in its own form.
 */
package io.bywash.runtime.health;
