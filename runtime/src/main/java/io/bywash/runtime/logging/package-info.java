/** What a line in the log of a handler tells about the record it was written for. */
package io.bywash.runtime.logging;
