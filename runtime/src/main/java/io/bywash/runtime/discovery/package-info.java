/**
 * Finds handlers and the Guice modules of their jars, on the class path and in the folder of handler jars. One broken jar never
 * hides another. Used by the runtime when it plans what to run; uses no other package of the runtime.
 */
package io.bywash.runtime.discovery;
