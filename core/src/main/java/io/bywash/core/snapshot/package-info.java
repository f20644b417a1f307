/**
 * What a consumer looks like at one moment, immutable, for whoever wants to know: applications, health, metrics, consoles. Everything
 * that is shown of a consumer anywhere comes from here, so that no two of them can disagree.
 */
package io.bywash.core.snapshot;
