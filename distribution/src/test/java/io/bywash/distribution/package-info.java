/** Tests of the archive as somebody would use it who installs it. */
package io.bywash.distribution;
