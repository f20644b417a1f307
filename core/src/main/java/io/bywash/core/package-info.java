/** The way in: {@link io.bywash.core.GroupConsumer} runs handlers over the topics of a group. */
package io.bywash.core;
