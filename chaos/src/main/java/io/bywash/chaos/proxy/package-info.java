/** A TCP proxy with bad weather, between clients and brokers. Used by the trials. */
package io.bywash.chaos.proxy;
