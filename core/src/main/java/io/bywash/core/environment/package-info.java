/** What the engine takes from outside, in one value. A simulation replaces it. */
package io.bywash.core.environment;
