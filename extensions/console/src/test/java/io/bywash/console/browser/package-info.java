/** The page as people see it: in a real browser, on a real console and a real broker. */
package io.bywash.console.browser;
