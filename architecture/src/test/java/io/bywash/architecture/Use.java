package io.bywash.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/** Calls, constructions and method references, told by whom they reach. */
final class Use {
    private Use() {}

    /** Matches any use of a type's members. */
    static DescribedPredicate<JavaAccess<?>> of(Class<?> type) {
        return DescribedPredicate.describe(
                "uses " + type.getSimpleName(),
                access -> access.getTargetOwner().isAssignableTo(type));
    }

    /** Matches uses of the named members of a type. */
    static DescribedPredicate<JavaAccess<?>> of(Class<?> type, String... members) {
        Set<String> names = Set.of(members);
        return of(type).and(DescribedPredicate.describe(
                "member " + String.join(", ", members), access -> names.contains(access.getName())));
    }
}
