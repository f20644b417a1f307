package io.bywash.testkit.junit;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.EmbeddedKafkaBuilder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * An {@link EmbeddedKafka} for the tests of a class, or one for all classes. JUnit starts it before the first test and
 * closes it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();
 *
 * @Test
 * void readsOrders() {
 *     String topic = KAFKA.cluster().createUniqueTopic("orders", 4);
 *     …
 * }
 * }</pre>
 */
public final class EmbeddedKafkaExtension implements BeforeAllCallback, BeforeEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);

    private final EmbeddedKafkaBuilder builder;
    private final Object key;
    private final Function<ExtensionContext, ExtensionContext> scope;
    private volatile @Nullable EmbeddedKafka cluster;

    private EmbeddedKafkaExtension(
            EmbeddedKafkaBuilder builder, Object key, Function<ExtensionContext, ExtensionContext> scope) {
        this.builder = builder;
        this.key = key;
        this.scope = scope;
    }

    /**
     * One cluster of one broker for all test classes of the JVM that ask for it, started by the first, closed after the
     * last. Each test takes topics and groups of its own: {@link EmbeddedKafka#createUniqueTopic},
     * {@link io.bywash.testkit.UniqueName}.
     */
    public static EmbeddedKafkaExtension shared() {
        return new EmbeddedKafkaExtension(EmbeddedKafka.builder(), "shared", ExtensionContext::getRoot);
    }

    /** A cluster for the tests of this class and of the classes nested in it. */
    public static EmbeddedKafkaExtension perClass(EmbeddedKafkaBuilder builder) {
        return new EmbeddedKafkaExtension(builder, new Object(), context -> context);
    }

    /**
     * The running cluster.
     *
     * @throws IllegalStateException outside the tests of the class
     */
    public EmbeddedKafka cluster() {
        EmbeddedKafka running = cluster;
        if (running == null) {
            throw new IllegalStateException("The cluster does not run yet. Ask for it in a test or in @BeforeAll.");
        }
        return running;
    }

    /** Called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = scope.apply(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(key, unused -> builder.start(), EmbeddedKafka.class);
    }

    /** Called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (cluster == null) {
            throw new IllegalStateException("The EmbeddedKafkaExtension of "
                    + context.getRequiredTestClass().getName() + " is not in a static field. Make the field static.");
        }
    }
}
