/** A broker that lets in only whom it knows, workers as an installation has them, and a search for their secrets. Used by the trials. */
package io.bywash.chaos.secured;
