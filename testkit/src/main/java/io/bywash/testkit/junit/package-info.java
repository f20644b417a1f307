/** {@link io.bywash.testkit.EmbeddedKafka} under JUnit; the only package that needs the JUnit API. */
package io.bywash.testkit.junit;
