/** Which records of a partition are complete, and what may be committed because of it. Uses no other package of the engine. */
package io.bywash.core.ledger;
