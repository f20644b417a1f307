/** What groups have committed, how far behind they are, and how to put their offsets elsewhere. */
package io.bywash.tools.offsets;
