package io.bywash.console.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.auth.Secret;
import io.bywash.console.fixture.Client;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.console.settings.Role;
import io.bywash.console.settings.User;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what is refused, over real connections. */
class GateTest {
    private static final Map<String, User> USERS = Map.of(
            "ana", new User("ana", Secret.of("opens everything"), Role.OPERATE),
            "rob", new User("rob", Secret.of("only looks"), Role.READ));

    private final AtomicInteger acted = new AtomicInteger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private ConsoleServer server;
    private Client client;

    private record Text(String text) {}

    private record Token(String csrfToken) {}

    @BeforeEach
    void open() throws IOException {
        ConsoleSettings settings = new ConsoleSettings(
                "127.0.0.1",
                0,
                List.of("console.example.com", "console_1", "2001:db8::1"),
                Contents.HIDDEN,
                USERS,
                Optional.empty());
        server = new ConsoleServer(
                settings,
                List.of(Route.get("/livez", context -> Json.answer(context, new Text("alive")))),
                List.of(
                        Route.get(
                                "/api/v1/session",
                                context -> Json.answer(
                                        context, new Token(Caller.of(context).csrfToken()))),
                        Route.get("/api/v1/broken", context -> {
                            throw new IllegalStateException("the password is 4711");
                        }),
                        Route.post("/api/v1/act", context -> {
                            Json.body(context, Text.class);
                            acted.incrementAndGet();
                            context.status(204);
                        })),
                (caller, request) -> refused.add(caller.user() + " " + request));
        server.start();
        client = Client.of(server.uri());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String refused(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(0, acted.get());
        return response.body();
    }

    private HttpRequest.Builder act(String token) {
        return client.as("ana", "opens everything")
                .request("/api/v1/act")
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", token)
                .POST(BodyPublishers.ofString("{\"text\": \"now\"}"));
    }

    private String token() throws Exception {
        return client.as("ana", "opens everything")
                .get("/api/v1/session")
                .get("csrfToken")
                .asString();
    }

    @Test
    void nobodyGetsInWithoutAName() throws Exception {
        for (String path : List.of("/", "/assets/app.js", "/api/v1/session")) {
            HttpResponse<String> response = client.send(client.request(path));
            assertEquals(401, response.statusCode());
            assertTrue(response.headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow()
                    .startsWith("Basic "));
            assertTrue(response.body().contains("log in as one of the users of bywash.console.users"));
        }
        assertEquals(
                200,
                client.as("rob", "only looks")
                        .send(client.as("rob", "only looks").request("/"))
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic cm9iOndyb25n", // rob:wrong
                "Basic bm9ib2R5Om5vYm9keSBoYXMgdGhpcyBwYXNzd29yZA==", // nobody:…
                "Basic Om5vYm9keSBoYXMgdGhpcyBwYXNzd29yZA==", // no name
                "Basic %%%",
                "Basic",
                "Bearer wrong",
                "Bearer ",
                "Digest username=rob"
            })
    void aWrongPasswordOrTokenIsRefused(String header) throws Exception {
        String body = refused(401, client.request("/api/v1/session").header("Authorization", header));
        assertFalse(body.contains("only looks"));
    }

    @Test
    void aPasswordIsAlsoTakenAsAToken() throws Exception {
        HttpResponse<String> response =
                client.send(client.request("/api/v1/session").header("Authorization", "Bearer only looks"));
        assertEquals(200, response.statusCode());
    }

    @Test
    void passwordsCannotBeGuessedForLong() throws Exception {
        Client guessing = client.as("ana", "guessed");
        for (int i = 0; i < 10; i++) {
            assertEquals(401, guessing.send(guessing.request("/api/v1/session")).statusCode());
        }
        String body = refused(429, client.as("ana", "opens everything").request("/api/v1/session"));
        assertTrue(body.contains("too many wrong passwords"), body);
    }

    @Test
    void oneWhoOnlyReadsCannotAct() throws Exception {
        HttpResponse<String> response = client.as("rob", "only looks").post("/api/v1/act", "{\"text\": \"now\"}");
        assertEquals(403, response.statusCode());
        assertTrue(response.body().contains("user rob may read and not operate"), response.body());
        assertEquals(0, acted.get());
    }

    @Test
    void anActionNeedsTheTokenOfItsUser() throws Exception {
        String ofAnother = client.as("rob", "only looks")
                .get("/api/v1/session")
                .get("csrfToken")
                .asString();
        assertTrue(refused(403, act(ofAnother)).contains("not the one of this user and process"));
        assertTrue(refused(403, act("")).contains("X-CSRF-Token"));
        assertEquals(204, client.send(act(token())).statusCode());
        assertEquals(1, acted.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1"})
    void anActionFromAnotherPageIsRefused(String origin) throws Exception {
        assertTrue(refused(403, act(token()).header("Origin", origin)).contains("not from this page"));
    }

    @Test
    void anActionFromTheOwnPageIsTaken() throws Exception {
        assertEquals(
                204,
                client.send(act(token()).header("Origin", server.uri().toString()))
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "console.example.com.evil", "["})
    void aRequestForAnotherHostIsRefused(String host) throws Exception {
        String answer = RawRequest.send(server.uri(), "GET /api/v1/session HTTP/1.1", "Host: " + host);
        assertTrue(answer.startsWith("HTTP/1.1 421") || answer.startsWith("HTTP/1.1 400"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:1234",
                "127.0.0.1",
                "[::1]:80",
                "Console.Example.com",
                "console_1:8080",
                "[2001:db8::1]:80"
            })
    void aRequestByAKnownNameIsMeantForTheConsole(String host) throws Exception {
        assertTrue(RawRequest.send(server.uri(), "GET /api/v1/session HTTP/1.1", "Host: " + host)
                .startsWith("HTTP/1.1 401"));
    }

    @Test
    void probesNeedNeitherANameNorAHost() throws Exception {
        assertTrue(RawRequest.send(server.uri(), "GET /livez HTTP/1.1", "Host: 10.1.2.3")
                .startsWith("HTTP/1.1 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void formsOfOtherPagesAreNoActions(String type) throws Exception {
        String body = refused(400, act(token()).setHeader("Content-Type", type));
        assertTrue(body.contains("send application/json"), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"text\": \"a\"} {}",
                "{\"other\": 1}",
                "{\"text\":\"a\",\"text\":\"b\"}"
            })
    void aBodyThatIsSomethingElseIsRefused(String body) throws Exception {
        String answer = refused(400, act(token()).POST(BodyPublishers.ofString(body)));
        assertTrue(answer.contains("the body is not understood"), answer);
    }

    @Test
    void aBodyOfTenMegabytesIsRefusedHoweverItComes() throws Exception {
        byte[] large = new byte[10 << 20];
        String token = token();
        assertTrue(RawRequest.send(
                        server.uri(),
                        "POST /api/v1/act HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer opens everything",
                        "X-CSRF-Token: " + token,
                        "Content-Type: application/json",
                        "Content-Length: " + large.length)
                .startsWith("HTTP/1.1 413"));
        String chunked = RawRequest.sendChunked(
                server.uri(),
                large,
                "POST /api/v1/act HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer opens everything",
                "X-CSRF-Token: " + token,
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");
        assertTrue(chunked.startsWith("HTTP/1.1 413"), chunked);
        assertEquals(0, acted.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../openapi.json",
                "/assets/%2e%2e/openapi.json",
                "/assets/%252e%252e/openapi.json",
                "/assets/..%2fopenapi.json",
                "/assets/..%252f..%252fetc/passwd",
                "/assets/..;/openapi.json",
                "/assets//etc/passwd",
                "/assets/%00",
                "/index.html/../openapi.json",
                "/openapi.json"
            })
    void noPathLeadsOutOfThePage(String path) throws Exception {
        String answer = RawRequest.send(
                server.uri(), "GET " + path + " HTTP/1.1", "Host: localhost", "Authorization: Bearer only looks");
        assertTrue(answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"), answer);
    }

    @Test
    void otherMethodsAreRefusedByName() throws Exception {
        assertEquals(
                405, client.send(client.request("/api/v1/session").DELETE()).statusCode());
        assertEquals(404, client.send(client.request("/api/v2/session")).statusCode());
    }

    @Test
    void aFailureOfTheConsoleTellsNothingToWhoeverAsks() throws Exception {
        String body = refused(500, client.as("rob", "only looks").request("/api/v1/broken"));
        assertFalse(body.contains("4711"), body);
    }

    @Test
    void everyAnswerForbidsScriptsOfOthers() throws Exception {
        for (String path : List.of("/", "/livez", "/nothing", "/api/v1/session")) {
            HttpResponse<String> response = client.send(client.request(path));
            assertEquals(
                    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                    response.headers().firstValue("Content-Security-Policy").orElse("none at " + path));
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertTrue(response.headers().firstValue("Server").isEmpty());
        }
    }
}
