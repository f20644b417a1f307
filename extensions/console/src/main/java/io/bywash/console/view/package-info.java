/** What the API says of consumers, each kind of answer as one immutable value. Everything comes from snapshots; nothing here waits. */
package io.bywash.console.view;
