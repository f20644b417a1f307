package io.bywash.simulation.cluster;

/** What is thrown for a part of a client that the simulation does without. */
final class NotSimulated {
    private NotSimulated() {}

    static UnsupportedOperationException method(String method) {
        return new UnsupportedOperationException(
                method + " is not simulated, since the engine did not use it; simulate it before the engine does");
    }
}
