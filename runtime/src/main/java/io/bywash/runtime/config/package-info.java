/**
 * Reads HOCON into records and reports everything that is wrong with it at once, each with its file and line. Used by all of
 * the runtime and by extensions that have settings of their own; uses no other package of the runtime.
 */
package io.bywash.runtime.config;
