package io.bywash.simulation;

/**
 * A record for somebody's handler.
 *
 * @param key its key
 * @param value its value
 */
record KeyedValue(String key, String value) {
    @Override
    public String toString() {
        return value + " of " + key;
    }
}
