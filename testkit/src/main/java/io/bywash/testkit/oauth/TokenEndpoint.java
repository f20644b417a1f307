package io.bywash.testkit.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bywash.testkit.tls.TestIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small OAuth provider on loopback: issues RS256 tokens for one client, known by a secret or by its public key, over
 * https, and publishes its own key for brokers over http. It can be away for a while. Any thread.
 */
public final class TokenEndpoint implements AutoCloseable {
    /** For whom its tokens are. */
    public static final String AUDIENCE = "kafka";

    /** Whose they are. */
    public static final String ISSUER = "https://issuer.test";

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String KEY_ID = "k1";

    private final HttpServer tokens;
    private final HttpServer keys;
    private final KeyPair signingKeys;
    private final Client client;
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private final List<String> issued = new CopyOnWriteArrayList<>();
    private volatile Duration life = HOUR;
    private volatile boolean away;

    /**
     * The one client that gets tokens.
     *
     * @param id its id
     * @param secret its secret
     * @param assertionKey verifies its assertions
     */
    public record Client(String id, String secret, PublicKey assertionKey) {}

    private TokenEndpoint(HttpServer tokens, HttpServer keys, Client client) throws GeneralSecurityException {
        this.tokens = tokens;
        this.keys = keys;
        this.client = client;
        this.signingKeys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    /**
     * Opens it.
     *
     * @param server the certificate to show, for localhost
     * @param client who gets tokens
     * @return the endpoint, which issues tokens for an hour
     * @throws IOException if there is no port
     * @throws GeneralSecurityException if this JVM cannot do TLS or RSA
     */
    public static TokenEndpoint start(TestIdentity server, Client client) throws IOException, GeneralSecurityException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(server)));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TokenEndpoint endpoint = new TokenEndpoint(https, http, client);
        https.createContext("/token", endpoint::token);
        http.createContext("/token", endpoint::token);
        http.createContext("/keys", endpoint::keys);
        https.start();
        http.start();
        return endpoint;
    }

    private static SSLContext context(TestIdentity server) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", server.privateKey(), new char[0], new X509Certificate[] {server.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Where tokens are, over https. */
    public URI url() {
        return URI.create("https://localhost:" + tokens.getAddress().getPort() + "/token");
    }

    /** Where tokens are, over http. */
    public URI cleartextUrl() {
        return URI.create("http://localhost:" + keys.getAddress().getPort() + "/token");
    }

    /** Where the key is that its tokens are signed with, over http. */
    public URI keysUrl() {
        return URI.create("http://localhost:" + keys.getAddress().getPort() + "/keys");
    }

    /** How long the tokens are valid that it issues from now on, in whole seconds. */
    public void tokenLife(Duration span) {
        life = span;
    }

    /** Answers every request for a token with 503 until {@link #comeBack}. */
    public void goAway() {
        away = true;
    }

    /** Ends what {@link #goAway} began. */
    public void comeBack() {
        away = false;
    }

    /** All tokens so far. */
    public List<String> issued() {
        return List.copyOf(issued);
    }

    /** The form fields of the last request for a token. */
    public Map<String, String> lastRequest() {
        return requests.get(requests.size() - 1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        requests.add(form);
        if (away) {
            answer(exchange, 503, "{\"error\":\"temporarily_unavailable\"}");
        } else if (isClient(exchange, form)) {
            String token = accessToken();
            issued.add(token);
            answer(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}");
        } else {
            answer(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}");
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> decoded(field[0]), field -> decoded(field[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private boolean isClient(HttpExchange exchange, Map<String, String> form) {
        String jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
        if (jwtBearer.equals(form.get("grant_type"))) {
            return isSigned(form.get("assertion"));
        }
        if (form.containsKey("client_assertion")) {
            return isSigned(form.get("client_assertion"));
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null) {
            return false;
        }
        String[] basic = authorization.split(" ", 2);
        String[] pair = new String(Base64.getDecoder().decode(basic[1]), UTF_8).split(":", 2);
        return decoded(pair[0]).equals(client.id()) && decoded(pair[1]).equals(client.secret());
    }

    private boolean isSigned(@Nullable String jwt) {
        if (jwt == null) {
            return false;
        }
        int dot = jwt.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(client.assertionKey());
            signature.update(jwt.substring(0, dot).getBytes(UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String accessToken() {
        long now = Instant.now().getEpochSecond();
        String payload = String.format(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}",
                ISSUER, AUDIENCE, client.id(), now, now + life.toSeconds());
        return sign("{\"alg\":\"RS256\",\"kid\":\"" + KEY_ID + "\"}", payload, signingKeys.getPrivate());
    }

    /** A JWT of these two JSON objects, signed with an RSA key. */
    public static String sign(String header, String payload, PrivateKey key) {
        String content =
                BASE64.encodeToString(header.getBytes(UTF_8)) + "." + BASE64.encodeToString(payload.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(UTF_8));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key could not sign", e);
        }
    }

    private void keys(HttpExchange exchange) throws IOException {
        RSAPublicKey key = (RSAPublicKey) signingKeys.getPublic();
        answer(
                exchange,
                200,
                String.format(
                        "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}",
                        KEY_ID, unsigned(key.getModulus()), unsigned(key.getPublicExponent())));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        tokens.stop(0);
        keys.stop(0);
    }
}
