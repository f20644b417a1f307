/**
 * What an application embeds: {@link io.bywash.runtime.Bywash#builder} without Guice, {@link io.bywash.runtime.BywashModule} with
 * it. Puts the consumers of a plan together and starts and stops them. The command line stands on top.
 */
package io.bywash.runtime;
