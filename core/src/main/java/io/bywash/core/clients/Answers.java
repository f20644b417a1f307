package io.bywash.core.clients;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what the admin client is answered. */
final class Answers {
    private Answers() {}

    /**
     * Waits for an answer.
     *
     * @param harmless what may come in the place of an answer; then there is none
     * @throws KafkaException if none comes in time, or the broker refuses
     */
    static <T> Optional<T> await(KafkaFuture<T> future, Duration timeout, Class<? extends Exception> harmless) {
        try {
            return Optional.ofNullable(future.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (harmless.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the broker did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
