package io.bywash.console.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no well-behaved client would. */
final class RawRequest {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawRequest() {}

    /** Returns the head of the answer. */
    static String send(URI server, String... lines) throws IOException {
        return sendChunked(server, new byte[0], lines);
    }

    /** Sends a body as one chunk after the head; stops when the server has had enough. */
    static String sendChunked(URI server, byte[] body, String... lines) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            if (body.length > 0) {
                write(out, body);
            }
            return head(socket.getInputStream());
        }
    }

    /** More than is allowed and less than the buffers between take, so that the answer is not lost with the connection. */
    private static void write(OutputStream out, byte[] body) throws IOException {
        out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, Json.MOST_BYTES + 1_000);
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            head.write(next);
            next = in.read();
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
