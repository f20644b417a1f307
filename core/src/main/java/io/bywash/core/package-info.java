/**
 * The way in: {@link io.bywash.core.GroupConsumer} runs handlers, {@link io.bywash.core.GroupReader} gives records to an
 * application that drives the loop itself.
 */
package io.bywash.core;
