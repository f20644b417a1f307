/**
 * What the author of a handler compiles against: one interface to implement, one annotation to name it, and two exceptions to
 * say what a failure means. Depends on kafka-clients alone.
 */
package io.bywash.handler;
