package io.bywash.simulation;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Rates as components of records: all that are of type {@code double}. */
final class Rates {
    private Rates() {}

    static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == double.class)
                .map(RecordComponent::getName)
                .toList();
    }

    /** Returns the same record with one rate zero. */
    static <R extends Record> R without(R rates, String name) {
        @SuppressWarnings("unchecked") // the class of an object of type R makes objects of type R
        Class<R> type = (Class<R>) rates.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getName().equals(name)
                        ? Double.valueOf(0)
                        : components[i].getAccessor().invoke(rates);
            }
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made anew without " + name, e);
        }
    }
}
