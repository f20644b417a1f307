package io.bywash.monitoring;

import com.sun.net.httpserver.Headers;
import java.io.IOException;

/** What stands at one path. Called by many threads at once. */
@FunctionalInterface
interface Page {

    /**
     * Answers a request.
     *
     * @param request the headers of the request
     */
    Reply answer(Headers request) throws IOException;
}
