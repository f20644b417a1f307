/** The shortest embedding in a Guice application. */
package io.bywash.examples.guice;
