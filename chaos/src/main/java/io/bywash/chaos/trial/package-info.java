/** The chaos tests: each breaks one thing under load, again and again, and has the oracle judge. */
package io.bywash.chaos.trial;
