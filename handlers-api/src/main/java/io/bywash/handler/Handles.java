package io.bywash.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a {@link TopicHandler} and the topics it reads. A handler that carries topics needs no configuration: it gets a consumer
 * of its own whose group is its name. A configured consumer that refers to the handler by name takes its place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Handles {

    /**
     * The topics to read when no configured consumer uses this handler.
     *
     * @return topic names; empty if the handler is only used by configured consumers
     */
    String[] topics() default {};

    /**
     * The name by which configuration refers to the handler, unique among all handlers found.
     *
     * @return the name; if empty, the simple class name in lower case with hyphens ({@code OrderHandler}: {@code order-handler})
     */
    String name() default "";
}
