package io.bywash.runtime.discovery;

import java.util.Set;

/**
 * Classes in a handler jar that are not used, since Bywash has them and shares them.
 *
 * @param jar the jar
 * @param packages how their names begin
 */
public record BundledCopies(String jar, Set<String> packages) {
    @Override
    public String toString() {
        return jar + " bundles classes of " + String.join("* and ", packages)
                + "*, which are not used: handlers share those of Bywash; leave them out of the jar, as Maven does with scope provided";
    }
}
