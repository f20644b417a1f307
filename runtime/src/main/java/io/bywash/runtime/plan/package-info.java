/**
 * Brings settings and handlers together: which consumer hands which topics to which handler, and how their records are decoded.
 * Nothing is created or connected here. Used by whatever runs, checks or lists consumers; uses config and discovery.
 */
package io.bywash.runtime.plan;
