package io.bywash.chaos.proxy;

import io.bywash.chaos.process.Patience;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection through the proxy. Kafka's protocol is passed on frame by frame: four bytes with the size, then a request, which
 * begins with its kind, version and number, or an answer, which begins with the number. One thread for each direction.
 */
final class Link {
    private static final short OFFSET_COMMIT = 8;
    private static final int REQUEST_NUMBER_AT = 4;
    private static final int LARGEST_FRAME = 64 << 20;
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final long BYTES_PER_SECOND = 3_000_000 / 8;

    private final Proxy proxy;
    private final Socket client;
    private final Socket broker;
    private final Set<Integer> commits = ConcurrentHashMap.newKeySet();

    Link(Proxy proxy, Socket client, Socket broker) {
        this.proxy = proxy;
        this.client = client;
        this.broker = broker;
    }

    void requests() {
        pass(client, broker, frame -> {
            Weather weather = proxy.weather();
            if (weather == Weather.BLACK_HOLE || weather == Weather.REQUESTS_LOST) {
                return lost(weather);
            }
            if (weather == Weather.COMMIT_ANSWERS_LOST && frame.getShort(0) == OFFSET_COMMIT) {
                commits.add(frame.getInt(REQUEST_NUMBER_AT));
            }
            return Fate.PASSED;
        });
    }

    void answers() {
        pass(broker, client, frame -> {
            Weather weather = proxy.weather();
            if (weather == Weather.BLACK_HOLE || weather == Weather.ANSWERS_LOST) {
                return lost(weather);
            }
            if (commits.contains(frame.getInt(0))) {
                proxy.took(Weather.COMMIT_ANSWERS_LOST);
                return Fate.RESET;
            }
            return Fate.PASSED;
        });
    }

    private Fate lost(Weather weather) {
        proxy.took(weather);
        return Fate.LOST;
    }

    private enum Fate {
        PASSED,
        LOST,
        RESET
    }

    @FunctionalInterface
    private interface Judge {
        Fate judge(ByteBuffer frame);
    }

    private void pass(Socket from, Socket to, Judge judge) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            Fate fate = Fate.PASSED;
            while (fate != Fate.RESET) {
                byte[] frame = read(in);
                // A connection loses nothing and then goes on: what follows a lost frame is lost with it.
                fate = fate == Fate.LOST ? Fate.LOST : judge.judge(ByteBuffer.wrap(frame));
                if (fate == Fate.PASSED) {
                    Weather weather = proxy.weather();
                    hold(weather, frame.length);
                    write(out, frame);
                    proxy.took(weather == Weather.SLOW ? Weather.SLOW : Weather.CLEAR);
                }
            }
        } catch (IOException e) {
            // Either side ended the connection; the other one learns of it by the reset.
            commits.clear();
        } finally {
            reset();
        }
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < Integer.BYTES || size > LARGEST_FRAME) {
            throw new IOException("a frame of " + size + " bytes is none of Kafka's");
        }
        byte[] frame = new byte[size];
        in.readFully(frame);
        return frame;
    }

    private static void write(DataOutputStream out, byte[] frame) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame);
        out.write(whole.array());
        out.flush();
    }

    private static void hold(Weather weather, int bytes) {
        if (weather == Weather.SLOW) {
            Patience.pass(DELAY.plusMillis(1000L * bytes / BYTES_PER_SECOND));
        }
    }

    void reset() {
        proxy.over(this);
        reset(client);
        reset(broker);
    }

    private static void reset(Socket socket) {
        try (socket) {
            // Closing with unsent data and no patience sends RST instead of FIN.
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            return;
        }
    }
}
