package io.bywash.core.failure;

import io.bywash.testkit.EmbeddedKafka;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What one user may do on a cluster with access control. */
record Rights(EmbeddedKafka kafka, String user) {

    void grant(ResourceType type, String name, AclOperation... operations) {
        kafka.addAcls(Stream.of(operations)
                .map(operation -> binding(type, name, operation))
                .toArray(AclBinding[]::new));
    }

    void withdraw(ResourceType type, String name, AclOperation operation) {
        try {
            kafka.admin()
                    .deleteAcls(List.of(binding(type, name, operation).toFilter()))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the right was not withdrawn", e);
        }
    }

    private AclBinding binding(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
