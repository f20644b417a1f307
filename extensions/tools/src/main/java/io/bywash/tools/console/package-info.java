/** What the commands ask of a running console, over its JSON API. */
package io.bywash.tools.console;
