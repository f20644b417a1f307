package io.bywash.console.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers and reads bodies. */
public final class Json {
    /** The largest body. The longest request names each of 5,000 partitions. */
    static final int MOST_BYTES = 512 << 10;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value a record, or a collection of records
     * @return UTF-8
     */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Answers with a value.
     *
     * @param context the request
     * @param value the answer
     */
    public static void answer(Context context, Object value) {
        send(context, bytes(value));
    }

    /**
     * Answers with what {@link #bytes} has made.
     *
     * @param context the request
     * @param json the answer
     */
    public static void send(Context context, byte[] json) {
        context.contentType("application/json; charset=utf-8").result(json);
    }

    /**
     * Reads the body of a request.
     *
     * @param context the request
     * @param type what it must be
     * @return the body
     * @param <T> its type
     * @throws Refusal if it is too large or something else
     */
    public static <T> T body(Context context, Class<T> type) {
        byte[] bytes = bytes(context);
        try {
            T body = MAPPER.readValue(bytes, type);
            if (body != null) {
                return body;
            }
        } catch (JacksonException e) {
            throw notUnderstood(e.getOriginalMessage());
        }
        throw notUnderstood("it is null");
    }

    private static byte[] bytes(Context context) {
        try (InputStream body = context.req().getInputStream()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw notUnderstood("it did not arrive whole");
        }
    }

    static Refusal tooLarge() {
        return new Refusal(
                Refusal.TOO_LARGE,
                "the body is too large",
                "a body may have " + MOST_BYTES + " bytes; name fewer partitions at once");
    }

    private static Refusal notUnderstood(String why) {
        return new Refusal(
                Refusal.BAD_REQUEST,
                "the body is not understood",
                why + "; send the JSON object that /api/v1/openapi.json describes");
    }
}
