package io.bywash.monitoring;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the status of HTTP
 * @param headers its headers, without the length
 * @param body what is sent, except after HEAD
 */
record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply text(int status, Map<String, String> headers, String line) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "text/plain; charset=utf-8");
        return new Reply(status, all, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
