package io.bywash.core.poll;

import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.clients.TopicAdmin.Topic;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Subscription;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.jspecify.annotations.Nullable;

/**
 * Asks about topics, on a thread of its own, what would hold up the poll thread: whether the listed ones exist and are still the same, whether the
 * dead-letter topics do and may be written, whether there are redrive topics, and where logs end that the client
 * does not know of.
 */
public final class TopicWatch implements Step {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long ENDS_NANOS = Duration.ofSeconds(10).toNanos();

    private final PollContext context;
    private final ConsumerSettings settings;
    private final Supplier<TopicAdmin> clients;
    private final IsolationLevel isolation;
    private final Set<String> secured = new HashSet<>();
    private @Nullable TopicAdmin admin;
    private Set<String> reportedMissing = Set.of();
    private boolean wereAllThere;
    private volatile boolean closed;

    /**
     * Creates the watch.
     *
     * @param context what the poll thread's parts share
     * @param clients creates the client it asks with
     */
    public TopicWatch(PollContext context, Supplier<TopicAdmin> clients) {
        this.context = context;
        this.settings = context.settings();
        this.clients = clients;
        this.isolation = settings.kafka()
                .text(ConsumerConfig.ISOLATION_LEVEL_CONFIG)
                .filter(level -> level.equals(IsolationLevel.READ_COMMITTED.toString()))
                .map(committed -> IsolationLevel.READ_COMMITTED)
                .orElse(IsolationLevel.READ_UNCOMMITTED);
    }

    /** Asks for the end. May be called from any thread; the runner must be signalled after it. */
    public void close() {
        closed = true;
    }

    @Override
    public Next step() {
        if (closed) {
            if (admin != null) {
                admin.close();
            }
            return Next.DONE;
        }
        try {
            boolean complete = look();
            return Next.at(context.now() + (complete ? ENDS_NANOS : RETRY_NANOS));
        } catch (RuntimeException e) {
            // A refused log-in included: the poll thread meets it as well, and knows whether it is one at the start.
            context.events().publish(new GroupEvent.PollFailed(e));
        }
        return Next.at(context.now() + RETRY_NANOS);
    }

    private boolean look() {
        long askedAt = context.now();
        long upTo = context.topicIds().lastEpoch();
        Set<String> topics = topics();
        Map<String, Topic> found = admin().topics(topics, TIMEOUT);
        boolean complete = reportMissing(topics, found.keySet());
        Map<String, Topic> all = new HashMap<>(found);
        all.putAll(redriveTopics());
        context.topicIds().found(new TopicIds.Look(askedAt, context.now(), upTo, ids(all)));
        if (settings.failures().onFailure() == OnFailure.DEAD_LETTER) {
            found.forEach((name, topic) -> secure(name, topic.partitions()));
        }
        Set<TopicPartition> unheard = context.progress().unheard(settings.kafka());
        if (!unheard.isEmpty()) {
            context.progress().heard(admin().endOffsets(unheard, isolation, TIMEOUT));
        }
        return complete;
    }

    private TopicAdmin admin() {
        if (admin == null) {
            admin = clients.get();
        }
        return admin;
    }

    private Set<String> topics() {
        if (settings.subscription() instanceof Subscription.Topics listed) {
            return listed.names();
        }
        return context.progress().topics().stream()
                .filter(topic -> !context.redriveTopics().has(topic))
                .collect(Collectors.toSet());
    }

    private static Map<String, TopicId> ids(Map<String, Topic> found) {
        Map<String, TopicId> ids = new HashMap<>();
        found.forEach((name, topic) -> topic.id().ifPresent(id -> ids.put(name, id)));
        return ids;
    }

    /** Access to them may be missing where nobody redrives, and the group give them names that no topic has, which must hold up nobody. */
    private Map<String, Topic> redriveTopics() {
        Set<String> names = context.redriveTopics().names();
        try {
            Map<String, Topic> found = names.isEmpty() ? Map.of() : admin().topics(names, TIMEOUT);
            context.redriveTopics().exist(found.keySet());
            return found;
        } catch (AuthorizationException | InvalidTopicException e) {
            context.redriveTopics().exist(Set.of());
            return Map.of();
        }
    }

    private boolean reportMissing(Set<String> wanted, Set<String> existing) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(existing);
        if (missing.isEmpty()) {
            wereAllThere = true;
        } else if (settings.missingTopics() == MissingTopics.FAIL && !wereAllThere) {
            context.status()
                    .fail(new ConsumerFailedException(
                            Kind.CONFIGURATION,
                            "topics " + missing + " of consumer " + settings.name() + " do not exist on "
                                    + settings.kafka().text("bootstrap.servers").orElse("the broker")
                                    + "; create them, correct the names, or set missing-topics = wait",
                            null));
        } else if (!missing.equals(reportedMissing)) {
            context.events().publish(new GroupEvent.TopicsMissing(Set.copyOf(missing)));
        }
        reportedMissing = missing;
        return missing.isEmpty();
    }

    /** Makes sure once that the dead-letter topic of a source topic exists and may be written. */
    private void secure(String source, int partitions) {
        FailurePolicy policy = settings.failures();
        String topic = policy.deadLetterTopicFor(source, settings.group());
        if (!secured.add(topic)) {
            return;
        }
        try {
            if (admin().topics(Set.of(topic), TIMEOUT).isEmpty()) {
                admin().create(new LetterTopic(topic, source, partitions, policy.letterRetention()), TIMEOUT);
            }
            if (!admin().mayWrite(topic, TIMEOUT)) {
                throw new org.apache.kafka.common.errors.TopicAuthorizationException(Set.of(topic));
            }
        } catch (AuthorizationException e) {
            context.status()
                    .fail(new ConsumerFailedException(
                            Kind.REFUSED,
                            "consumer " + settings.name() + " may not write its dead-letter topic " + topic + ": "
                                    + e.getMessage() + "; create the topic with " + partitions
                                    + " partitions and allow WRITE and DESCRIBE on it, or set on-failure = skip or halt",
                            e));
        } catch (InvalidTopicException e) {
            context.status()
                    .fail(new ConsumerFailedException(
                            Kind.CONFIGURATION,
                            "consumer " + settings.name() + " cannot have a dead-letter topic for " + source + ": "
                                    + e.getMessage() + "; set dead-letter-topic to a name that Kafka allows",
                            e));
        } catch (RuntimeException e) {
            secured.remove(topic);
            throw e;
        }
    }
}
