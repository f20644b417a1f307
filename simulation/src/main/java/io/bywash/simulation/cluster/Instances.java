package io.bywash.simulation.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which member of a group has which {@code group.instance.id}. */
final class Instances {
    private final Map<String, String> members = new LinkedHashMap<>();

    /** Returns the member that has an instance id, if it is one and anybody has it. */
    Optional<String> holder(Optional<String> instance) {
        return instance.map(members::get);
    }

    void take(Optional<String> instance, String member) {
        instance.ifPresent(id -> members.put(id, member));
    }

    void forget(String member) {
        members.values().remove(member);
    }

    boolean isStatic(String member) {
        return members.containsValue(member);
    }

    /** Tells whether another has the instance id of a member by now. */
    boolean isFenced(Identity identity) {
        return holder(identity.instance())
                .filter(holder -> !holder.equals(identity.member()))
                .isPresent();
    }
}
