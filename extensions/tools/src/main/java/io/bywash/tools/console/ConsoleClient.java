package io.bywash.tools.console;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.bywash.tools.ToolException;
import io.bywash.tools.ToolException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;

/** Speaks to the console of a running process. Not thread-safe. */
public final class ConsoleClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_SHOWN = 500;

    private final URI address;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * Creates a client.
     *
     * @param address where the console is, such as {@code http://127.0.0.1:8080}
     * @param token what it lets its operators in by, if it asks for that
     * @throws ToolException if the address is none of http or https
     */
    public ConsoleClient(URI address, Optional<String> token) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw ToolException.notFound(
                    "'" + address + "' is no address of a console; write one such as http://127.0.0.1:8080");
        }
        this.address = address;
        this.token = token;
    }

    /**
     * Has a consumer stop fetching.
     *
     * @param consumer its name
     * @param partitions the partitions, such as {@code orders-3}; none for all
     * @throws ToolException if the console does not answer or refuses
     */
    public void pause(String consumer, List<String> partitions) {
        act(consumer, "pause", partitions);
    }

    /**
     * Undoes {@link #pause}.
     *
     * @param consumer its name
     * @param partitions the partitions, such as {@code orders-3}; none for all
     * @throws ToolException if the console does not answer or refuses
     */
    public void resume(String consumer, List<String> partitions) {
        act(consumer, "resume", partitions);
    }

    private void act(String consumer, String action, List<String> partitions) {
        String body =
                ConfigValueFactory.fromMap(Map.of("partitions", partitions)).render(ConfigRenderOptions.concise());
        String name = URLEncoder.encode(consumer, StandardCharsets.UTF_8).replace("+", "%20");
        send(request("consumers/" + name + "/" + action)
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", csrfToken())
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String csrfToken() {
        String session = send(request("session").GET().build());
        try {
            Config json = ConfigFactory.parseString(
                    session, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
            return json.getString("csrfToken");
        } catch (ConfigException e) {
            throw new ToolException(
                    Kind.REFUSED, address + " answers, but not as a console of Bywash does; is that its address?", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve("/api/v1/" + path)).timeout(PATIENCE);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private String send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ToolException(
                    Kind.REFUSED,
                    "no console answers at " + address + ": "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "; is a process with the console running there?",
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        return response.body();
    }

    private ToolException refusal(HttpResponse<String> response) {
        String body = response.body();
        String said = body.length() <= MOST_SHOWN ? body : body.substring(0, MOST_SHOWN) + "…";
        String what = "the console at " + address + " refuses with status " + response.statusCode() + ": " + said;
        return switch (response.statusCode()) {
            case 401, 403 ->
                ToolException.refused(
                        what + "; give the token of an operator in the environment variable BYWASH_CONSOLE_TOKEN");
            case 404 -> ToolException.notFound(what);
            default -> ToolException.refused(what);
        };
    }
}
