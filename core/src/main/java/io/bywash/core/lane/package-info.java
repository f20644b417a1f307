/**
 * Many records of one partition at once: the order of each key, the lanes that make the calls, and what happens to the records that
 * fail meanwhile. Used by consumers that order by key or not at all.
 */
package io.bywash.core.lane;
