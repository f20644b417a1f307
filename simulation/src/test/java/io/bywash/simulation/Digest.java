package io.bywash.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Digests the traces of seeds, to compare them with those of another process. */
final class Digest {
    static final int SEEDS = 40;

    private Digest() {}

    public static void main(String[] args) {
        System.out.println(ofSeeds());
    }

    static String ofSeeds() {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> seed + " " + of(Simulation.run(seed).trace()))
                .collect(Collectors.joining("\n"));
    }

    private static String of(String trace) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(trace.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
