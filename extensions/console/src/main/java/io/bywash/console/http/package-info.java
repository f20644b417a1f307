/** The port: who may ask, what a refusal looks like, the files of the page. Knows nothing of consumers; {@code api} brings the routes. */
package io.bywash.console.http;
