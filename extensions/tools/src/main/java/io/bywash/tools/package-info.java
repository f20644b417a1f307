/** What the tools have in common. */
package io.bywash.tools;
