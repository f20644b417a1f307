/** Takes the records of a session in their order, calls the handler, and carries out what follows when it fails. */
package io.bywash.core.worker;
