/** JVMs of their own, and the signals they are broken with. Used by the cluster and the workers. */
package io.bywash.chaos.process;
