/** Remembers what happened to consumers lately, since events are told once and pages come later. */
package io.bywash.console.events;
