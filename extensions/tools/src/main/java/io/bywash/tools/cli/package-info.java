/** The commands of an operator: lag, offsets, dlq, pause, resume, completion, create. Found by the command line. */
package io.bywash.tools.cli;
