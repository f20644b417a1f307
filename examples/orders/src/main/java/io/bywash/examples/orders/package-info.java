/** A handler jar as a user would write one: JSON orders, validated, kept in a database. */
package io.bywash.examples.orders;
