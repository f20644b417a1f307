/** What a consumer is told to do: immutable values that check themselves. Used by every other package; uses none of them. */
package io.bywash.core.settings;
