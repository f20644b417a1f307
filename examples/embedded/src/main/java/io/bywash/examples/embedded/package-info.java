/** The shortest embedding in plain Java. */
package io.bywash.examples.embedded;
