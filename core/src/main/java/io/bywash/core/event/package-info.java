/** What the engine tells its surroundings. Every event is an immutable value; listeners run on a thread of their own. */
package io.bywash.core.event;
