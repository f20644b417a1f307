/** Questions to the broker that the tools have in common, each with one deadline and one form of complaint. */
package io.bywash.tools.cluster;
