/** Keeps the classes of handler jars apart from those of Bywash and from each other. Used by discovery, and where consumers are made. */
package io.bywash.runtime.isolation;
