package io.bywash.core.poll;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.settings.ConsumerSettings;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says of every exception that comes out of a poll what it means and what follows. Stateless. */
final class PollFailures {

    /** What follows a failed poll. */
    sealed interface Verdict {
        /** Positions that do not exist have to be set anew. */
        record Reposition(Map<TopicPartition, Long> positions) implements Verdict {}

        /** The log was cut below positions. */
        record Truncated(Map<TopicPartition, Long> positions) implements Verdict {}

        /** A record of a partition cannot be read. */
        record Unreadable(String partition, KafkaException cause) implements Verdict {}

        /** Try again after a while. */
        record TryAgain(KafkaException cause) implements Verdict {}

        /** Refused: fatal before the group was joined, to be tried again after it. */
        record Refused(ConsumerFailedException failure) implements Verdict {}

        /**
         * Refused, and the client will never be a member again: fatal before the group was joined, to be tried again with a new client
         * after it.
         */
        record Expelled(ConsumerFailedException failure) implements Verdict {}

        /** The client has to be built anew. */
        record Rebuild(KafkaException cause) implements Verdict {}

        /** Nothing more can be done. */
        record Fatal(ConsumerFailedException failure) implements Verdict {}
    }

    private static final Pattern UNREADABLE =
            Pattern.compile("(?:fetching the next record from|Record batch for partition) (\\S+-\\d+)");

    private final ConsumerSettings settings;

    PollFailures(ConsumerSettings settings) {
        this.settings = settings;
    }

    Verdict judge(RuntimeException failure) {
        if (failure instanceof LogTruncationException truncation) {
            return new Verdict.Truncated(truncation.offsetOutOfRangePartitions());
        }
        if (failure instanceof OffsetOutOfRangeException range) {
            return new Verdict.Reposition(range.offsetOutOfRangePartitions());
        }
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return endsMembership(failure)
                    ? new Verdict.Expelled(refused(failure))
                    : new Verdict.Refused(refused(failure));
        }
        if (failure instanceof UnreleasedInstanceIdException unreleased) {
            return new Verdict.Rebuild(unreleased);
        }
        Optional<ConsumerFailedException> fatal = fatal(failure);
        if (fatal.isPresent()) {
            return new Verdict.Fatal(fatal.get());
        }
        if (failure instanceof KafkaException kafka) {
            // The client names the partition of a corrupt batch in its message and nowhere else.
            Matcher unreadable = UNREADABLE.matcher(String.valueOf(failure.getMessage()));
            return unreadable.find() ? new Verdict.Unreadable(unreadable.group(1), kafka) : new Verdict.TryAgain(kafka);
        }
        return new Verdict.Fatal(new ConsumerFailedException(
                Kind.SOFTWARE, "the Kafka client of consumer " + settings.name() + " failed: " + failure, failure));
    }

    /**
     * Under the new protocol one refused heartbeat is the last: the client goes on polling, brings nothing, and tells nobody but the
     * log.
     */
    private boolean endsMembership(RuntimeException failure) {
        boolean heartbeat =
                failure instanceof AuthenticationException || failure instanceof GroupAuthorizationException;
        return heartbeat && settings.kafka().usesConsumerProtocol();
    }

    /** Says what it means that no client could be created; nothing if that may pass. */
    Optional<ConsumerFailedException> ofCreation(KafkaException failure) {
        Throwable root = failure;
        boolean login = false;
        while (root.getCause() != null) {
            root = root.getCause();
            // Some mechanisms log in before there is any connection.
            login |= root instanceof LoginException;
        }
        String why = Objects.requireNonNullElse(root.getMessage(), root.toString());
        if (root instanceof ConfigException && why.contains("resolvable")) {
            return Optional.empty();
        }
        return Optional.of(new ConsumerFailedException(
                login ? Kind.REFUSED : Kind.CONFIGURATION,
                "the Kafka consumer of " + settings.name() + " cannot be created: " + why,
                failure));
    }

    private Optional<ConsumerFailedException> fatal(RuntimeException failure) {
        String who = "consumer " + settings.name() + " (group " + settings.group() + ")";
        if (failure instanceof FencedInstanceIdException) {
            return Optional.of(new ConsumerFailedException(
                    Kind.FENCED,
                    who + " was fenced: another member uses the same group.instance.id, " + instanceId()
                            + "; give every instance its own",
                    failure));
        }
        if (failure instanceof InconsistentGroupProtocolException) {
            return Optional.of(new ConsumerFailedException(
                    Kind.CONFIGURATION,
                    who
                            + " shares no assignor with the members of the group; set kafka.partition.assignment.strategy to one"
                            + " they use, or group.protocol as they do",
                    failure));
        }
        if (failure instanceof ConfigException
                || failure instanceof InvalidTopicException
                || failure instanceof UnsupportedVersionException) {
            return Optional.of(new ConsumerFailedException(
                    Kind.CONFIGURATION, who + " cannot work as configured: " + failure.getMessage(), failure));
        }
        return Optional.empty();
    }

    /** Says how to get past what cannot be read; the client's own remedy, to seek, is not the operator's to apply. */
    IllegalStateException unreadable(Verdict.Unreadable bad, long position) {
        return new IllegalStateException(
                "offset " + position + " of " + bad.partition() + " cannot be read: "
                        + bad.cause().getMessage() + " Here that means: stop the consumers of group " + settings.group()
                        + ", set the group's offset of this partition beyond it, for example with kafka-consumer-groups.sh,"
                        + " and start them again",
                bad.cause());
    }

    /** Says that a living member keeps the place of this one. */
    ConsumerFailedException unreleased(KafkaException cause) {
        return new ConsumerFailedException(
                Kind.FENCED,
                "consumer " + settings.name() + " cannot join: another living member of group " + settings.group()
                        + " uses the same group.instance.id, " + instanceId() + "; give every instance its own",
                cause);
    }

    private String instanceId() {
        return settings.kafka().text("group.instance.id").orElse("none");
    }

    /** Says in words what was refused to whom, and where to look. */
    ConsumerFailedException refused(RuntimeException failure) {
        String remedy;
        if (failure instanceof GroupAuthorizationException) {
            remedy = "allow READ on group " + settings.group();
        } else if (failure instanceof TopicAuthorizationException topics) {
            remedy = "allow READ and DESCRIBE on topics " + topics.unauthorizedTopics();
        } else if (failure instanceof AuthorizationException) {
            remedy = "check the ACLs of the principal";
        } else {
            remedy = "check the credentials and the trusted certificates";
        }
        String mechanism = settings.kafka().text("sasl.mechanism").orElse("none");
        String protocol = settings.kafka().text("security.protocol").orElse("PLAINTEXT");
        return new ConsumerFailedException(
                Kind.REFUSED,
                "the broker refused consumer " + settings.name() + " (group " + settings.group() + ", " + protocol
                        + ", SASL mechanism " + mechanism + "): " + failure.getMessage() + "; " + remedy,
                failure);
    }
}
