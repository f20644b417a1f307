package io.bywash.console.api;

import io.bywash.console.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The OpenAPI document. */
final class Description {
    private static final String FILE = "/io/bywash/console/openapi.json";

    private final byte[] document;

    Description() {
        try (InputStream in = Objects.requireNonNull(Description.class.getResourceAsStream(FILE), FILE)) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Route route() {
        return Route.get(
                "/api/v1/openapi.json",
                context ->
                        context.contentType("application/json; charset=utf-8").result(document));
    }
}
