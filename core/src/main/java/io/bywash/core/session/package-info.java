/**
 * One ownership of one partition: its queue, its ledger, its state. What the poll thread and whoever takes the records share is
 * here and nowhere else; losing the partition throws the whole object away.
 */
package io.bywash.core.session;
