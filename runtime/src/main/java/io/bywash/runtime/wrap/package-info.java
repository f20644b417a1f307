/** What wrappers of handlers are made of. */
package io.bywash.runtime.wrap;
