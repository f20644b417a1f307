package io.bywash.core.binding;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/**
 * The types a handler class takes, read from its type arguments.
 *
 * @param key the type of the key
 * @param value the type of the value
 */
public record HandlerTypes(Type key, Type value) {

    /**
     * Reads the types of a handler class, through superclasses and interfaces in between.
     *
     * @param handler a class that implements {@link TopicHandler}
     * @return its types
     * @throws IllegalArgumentException if the class leaves one of them open, as a lambda or a raw type does
     */
    public static HandlerTypes of(Class<?> handler) {
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        collect(handler, known);
        TypeVariable<?>[] variables = TopicHandler.class.getTypeParameters();
        return new HandlerTypes(
                resolve(variables[0], known, handler, "key"), resolve(variables[1], known, handler, "value"));
    }

    private static void collect(Type type, Map<TypeVariable<?>, Type> known) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                known.put(variables[i], parameterized.getActualTypeArguments()[i]);
            }
            collect(raw, known);
        } else if (type instanceof Class<?> plain) {
            for (Type parent : plain.getGenericInterfaces()) {
                collect(parent, known);
            }
            if (plain.getGenericSuperclass() != null) {
                collect(plain.getGenericSuperclass(), known);
            }
        }
    }

    /** The name of a lambda's class goes on with the number of an address, which tells nobody anything. */
    private static String readable(Class<?> handler) {
        int lambda = handler.getName().indexOf("$$Lambda");
        return lambda < 0
                ? handler.getName()
                : "a lambda in " + handler.getName().substring(0, lambda);
    }

    private static String shape(Class<?> handler) {
        if (AsyncTopicHandler.class.isAssignableFrom(handler)) {
            return AsyncTopicHandler.class.getSimpleName();
        }
        return BatchTopicHandler.class.isAssignableFrom(handler)
                ? BatchTopicHandler.class.getSimpleName()
                : TopicHandler.class.getSimpleName();
    }

    private static Type resolve(
            TypeVariable<?> variable, Map<TypeVariable<?>, Type> known, Class<?> handler, String what) {
        Type type = known.get(variable);
        while (type instanceof TypeVariable<?> inner) {
            type = known.get(inner);
        }
        if (type == null) {
            throw new IllegalArgumentException("the " + what + " type of " + readable(handler)
                    + " is not fixed by its class; implement " + shape(handler) + " with concrete types"
                    + " or give the deserialisers with the handler");
        }
        return type;
    }
}
