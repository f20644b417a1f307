/** Handlers bound to topics, with what turns bytes into the types they ask for. */
package io.bywash.core.binding;
