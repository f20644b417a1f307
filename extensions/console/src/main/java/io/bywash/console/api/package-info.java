/** What can be asked for and done under {@code /api/v1}. The page uses nothing else. */
package io.bywash.console.api;
