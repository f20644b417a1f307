/** The Kafka clients as the engine needs them, so that others can be put in their place. Uses no other package of the engine. */
package io.bywash.core.clients;
