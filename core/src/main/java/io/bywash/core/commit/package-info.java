/** Commits what is complete, and encodes what travels with an offset. Belongs to the poll thread. */
package io.bywash.core.commit;
