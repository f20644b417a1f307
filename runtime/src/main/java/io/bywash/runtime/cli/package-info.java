/**
 * The command line: {@code run}, {@code lint}, {@code explain}, {@code list}, and whatever a {@link
 * io.bywash.runtime.cli.CommandProvider} on the class path adds. Stands on top of all other packages of the runtime.
 */
package io.bywash.runtime.cli;
