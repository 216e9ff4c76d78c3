package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections to providers over the public interface: their secrets go in and never come out. */
class LlmConnectionsIT {

    private static final String ALL = "/api/public/llm-connections";
    private static final String SECRET = "sk-very-secret-abcd";
    private static final String HEADER = "another-secret";

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void connection_isMadeReplacedDeleted() {
        Answer made = put("{'provider':'gate','adapter':'openai','secretKey':'" + SECRET
                + "','baseURL':'https://gate.example.com/v1','customModels':['m'],'withDefaultModels':false,"
                + "'extraHeaders':{'X-Key':'" + HEADER + "'},'config':null,'projectId':'other'}");
        JsonNode connection = made.json();
        Answer replaced = put("{'provider':'gate','adapter':'anthropic','secretKey':'short'}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(connection.path("displaySecretKey").asText()).isEqualTo("...abcd");
        assertThat(connection.path("baseURL").asText()).isEqualTo("https://gate.example.com/v1");
        assertThat(connection.path("customModels").toString()).isEqualTo("[\"m\"]");
        assertThat(connection.path("withDefaultModels").asBoolean(true)).isFalse();
        assertThat(connection.path("extraHeaderKeys").toString()).isEqualTo("[\"X-Key\"]");
        assertThat(connection.path("config").isNull()).isTrue();
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("id")).isEqualTo(connection.path("id"));
        assertThat(replaced.json().path("createdAt")).isEqualTo(connection.path("createdAt"));
        assertThat(replaced.json().path("adapter").asText()).isEqualTo("anthropic");
        assertThat(replaced.json().path("displaySecretKey").asText()).isEqualTo("...");
        assertThat(replaced.json().path("baseURL").isNull()).isTrue();
        assertThat(replaced.json().path("withDefaultModels").asBoolean()).isTrue();
        assertThat(replaced.json().path("extraHeaderKeys")).isEmpty();
        assertThat(list()).contains(replaced.json());

        String one = ALL + "/" + connection.path("id").asText();
        assertThat(send("DELETE", one, null).json().path("message").asText()).isNotEmpty();
        assertThat(send("DELETE", one, null).status()).isEqualTo(404);
        assertThat(list()).doesNotContain(replaced.json());
    }

    @Test
    void secrets_areInNoAnswer_andInNoFile() throws Exception {
        Answer made = put("{'provider':'hidden','adapter':'bedrock','secretKey':'" + SECRET
                + "','extraHeaders':{'X-Key':'" + HEADER + "'},'config':{'region':'eu-central-1'}}");

        assertThat(made.json().path("config").path("region").asText()).isEqualTo("eu-central-1");
        for (Answer answer : List.of(made, send("GET", ALL, null))) {
            assertThat(answer.text()).contains("hidden").doesNotContain(SECRET).doesNotContain(HEADER);
        }
        assertThat(server.printed()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(SECRET) || bytes.contains(HEADER))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            []; body
            {'adapter':'openai','secretKey':'s'}; provider
            {'provider':'','adapter':'openai','secretKey':'s'}; provider
            {'provider':'x','secretKey':'s'}; adapter
            {'provider':'x','adapter':'OPENAI','secretKey':'s'}; adapter
            {'provider':'x','adapter':'openai'}; secretKey
            {'provider':'x','adapter':'openai','secretKey':7}; secretKey
            {'provider':'x','adapter':'openai','secretKey':'s','baseURL':'file:///etc/passwd'}; baseURL
            {'provider':'x','adapter':'openai','secretKey':'s','baseURL':'http://user:pass@example.com'}; baseURL
            {'provider':'x','adapter':'openai','secretKey':'s','baseURL':'http:// x'}; baseURL
            {'provider':'x','adapter':'openai','secretKey':'s','baseURL':'//example.com'}; baseURL
            {'provider':'x','adapter':'openai','secretKey':'s','customModels':[1]}; customModels[0]
            {'provider':'x','adapter':'openai','secretKey':'s','withDefaultModels':'yes'}; withDefaultModels
            {'provider':'x','adapter':'openai','secretKey':'s','extraHeaders':['a']}; extraHeaders
            {'provider':'x','adapter':'openai','secretKey':'s','extraHeaders':{'a b':'c'}}; extraHeaders
            {'provider':'x','adapter':'openai','secretKey':'s','extraHeaders':{'a':'b\\r\\nc: d'}}; extraHeaders.a
            {'provider':'x','adapter':'openai','secretKey':'s','config':{'region':'eu'}}; config
            {'provider':'x','adapter':'openai','secretKey':'s','config':{'useResponsesApi':'no'}}; config
            {'provider':'x','adapter':'azure','secretKey':'s','config':{}}; config
            {'provider':'x','adapter':'bedrock','secretKey':'s','config':{'region':'eu','more':1}}; config
            {'provider':'x','adapter':'bedrock','secretKey':'s'}; config
            {'provider':'x','adapter':'bedrock','secretKey':'s','config':{'region':1}}; config
            {'provider':'x','adapter':'google-vertex-ai','secretKey':'s','config':[]}; config
            """)
    void badConnection_isToldItsField(String body, String field) {
        Answer answer = put(body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith(field);
        assertThat(list().findValuesAsText("provider")).doesNotContain("x");
    }

    @Test
    void aPublicKeyAlone_isRefused() {
        assertThat(server.send(server.request(ALL).header("authorization", "Bearer " + ServerProcess.PUBLIC_KEY), false)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send(server.request(ALL), false).statusCode()).isEqualTo(401);
    }

    private static JsonNode list() {
        return send("GET", ALL + "?limit=100", null).json().path("data");
    }

    private static Answer put(String body) {
        return send("PUT", ALL, body);
    }

    private static Answer send(String method, String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("content-type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.replace('\'', '"'))),
                true));
    }
}
