/** Judges a run by what was left behind: journals, commits, dead letters, the log itself. Used by the trials. */
package io.bywash.chaos.oracle;
