/**
 * What the author of a handler compiles against: an interface to implement, in one of three shapes, an annotation to name it, and
 * exceptions to say what a failure means. Depends on kafka-clients alone.
 */
package io.bywash.handler;
