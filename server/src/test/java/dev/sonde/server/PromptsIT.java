package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts over the public interface. */
class PromptsIT {

    private static final String V2 = "/api/public/v2/prompts";
    private static final String V1 = "/api/public/prompts";

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
    void text_isCreatedAndRead() {
        JsonNode made = created("""
                {"name":"movie critic","prompt":"Rate {{movie}}","config":{"temperature":0.5,"stop":[null]},
                 "labels":["production","eu"],"tags":["a","b","a"],"commitMessage":"first","unknown":1}
                """);

        assertThat(made.path("version").asInt()).isEqualTo(1);
        assertThat(made.path("type").asText()).isEqualTo("text");
        assertThat(made.path("prompt").asText()).isEqualTo("Rate {{movie}}");
        assertThat(made.path("config").toString()).isEqualTo("{\"temperature\":0.5,\"stop\":[null]}");
        assertThat(made.path("labels").toString()).isEqualTo("[\"production\",\"eu\",\"latest\"]");
        assertThat(made.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(made.path("commitMessage").asText()).isEqualTo("first");
        assertThat(made.path("createdBy").asText()).isEqualTo("API");
        assertThat(made.get("resolutionGraph").isNull()).isTrue();
        assertThat(get(V2 + "/movie%20critic").json()).isEqualTo(made);
        assertThat(get(V2 + "/movie%20critic?version=1").json()).isEqualTo(made);
        assertThat(get(V2 + "/movie%20critic?label=eu").json()).isEqualTo(made);
        assertThat(get(V2 + "/movie%20critic?resolve=false").json()).isEqualTo(made);
    }

    @Test
    void chat_keepsMessagesAndPlaceholders() {
        JsonNode made = created("""
                {"name":"chat","type":"chat","config":null,"labels":null,"tags":null,"commitMessage":null,"prompt":[
                 {"role":"system","content":"Be {{mood}}"},{"type":"chatmessage","role":"user","content":""},
                 {"type":"placeholder","name":"history"}]}
                """);

        assertThat(made.path("type").asText()).isEqualTo("chat");
        assertThat(made.path("config").toString()).isEqualTo("{}");
        assertThat(made.path("labels").toString()).isEqualTo("[\"latest\"]");
        assertThat(made.path("prompt").toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"Be {{mood}}\"},{\"role\":\"user\",\"content\":\"\"},"
                        + "{\"type\":\"placeholder\",\"name\":\"history\"}]");
        assertThat(get(V2 + "/chat?label=latest").json()).isEqualTo(made);
        assertProblem(post(V2, "{\"name\":\"chat\",\"prompt\":\"x\"}"), 400, "type: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team%2Fsub%2Fnäme", "team/sub/näme", "team%252Fsub%252Fn%25C3%25A4me"})
    void folders_encodedRawOrTwice(String path) {
        if (get(V2 + "/team%2Fsub%2Fn%C3%A4me").status() == 404) {
            created("{\"name\":\"team/sub/näme\",\"prompt\":\"x\",\"labels\":[\"production\"]}");
        }
        String encoded = path.replace("ä", "%C3%A4");

        assertThat(get(V2 + "/" + encoded).json().path("name").asText()).isEqualTo("team/sub/näme");
        Answer labelled = patch(V2 + "/" + encoded + "/versions/1", "{\"newLabels\":[\"eu\"]}");
        assertThat(labelled.json().path("labels").toString()).isEqualTo("[\"production\",\"latest\",\"eu\"]");
    }

    @Test
    void labels_moveToTheVersionThatIsGivenThem() {
        created("{\"name\":\"moving\",\"prompt\":\"1\",\"labels\":[\"production\",\"eu\"]}");
        created("{\"name\":\"moving\",\"prompt\":\"2\",\"labels\":[\"latest\",\"staging\"]}");

        Answer labelled = patch(V2 + "/moving/versions/2", "{\"newLabels\":[\"production\"]}");

        assertThat(labelled.status()).isEqualTo(200);
        assertThat(labelled.json().path("labels").toString()).isEqualTo("[\"staging\",\"latest\",\"production\"]");
        assertThat(get(V2 + "/moving").json().path("prompt").asText()).isEqualTo("2");
        assertThat(get(V2 + "/moving?version=1").json().path("labels").toString())
                .isEqualTo("[\"eu\"]");
        assertProblem(patch(V2 + "/moving/versions/3", "{\"newLabels\":[\"x\"]}"), 404, "with version 3");
        assertProblem(patch(V2 + "/moving/versions/2", "{\"newLabels\":[\"a\",\"latest\"]}"), 400, "newLabels[1]: ");
        assertProblem(patch(V2 + "/moving/versions/2", "{\"newLabels\":[\"No\"]}"), 400, "newLabels[0]: ");
        assertProblem(patch(V2 + "/moving/versions/2", "{}"), 400, "newLabels: ");
        assertProblem(patch(V2 + "/moving/versions/two", "{\"newLabels\":[]}"), 400, "version: ");
        assertProblem(patch(V2 + "/moving", "{\"newLabels\":[]}"), 405, "Method not allowed");
    }

    @Test
    void delete_byVersionByLabelAndAll() {
        for (int i = 1; i <= 4; i++) {
            created("{\"name\":\"f/gone\",\"prompt\":\"p\",\"labels\":[\"l" + i + "\"]}");
        }

        Answer one = delete(V2 + "/f%2Fgone?version=4");

        assertThat(one.status()).isEqualTo(204);
        assertThat(one.text()).isEmpty();
        assertThat(get(V2 + "/f%2Fgone?label=latest").json().path("version").asInt())
                .isEqualTo(3);
        assertThat(delete(V2 + "/f/gone?label=l1").status()).isEqualTo(204);
        assertThat(names(get(V2 + "?name=f/gone"), "versions")).containsExactly("[2,3]");
        assertProblem(delete(V2 + "/f%2Fgone?label=l1"), 404, "with label 'l1'");
        assertThat(delete(V2 + "/f%2Fgone").status()).isEqualTo(204);
        assertProblem(delete(V2 + "/f%2Fgone"), 404, "Prompt not found: 'f/gone'");
    }

    @Test
    void embedded_areResolvedAndGuarded() {
        String rules = created("{\"name\":\"lib/rules\",\"prompt\":\"Say \\\"hi\\\".\",\"labels\":[\"production\"]}")
                .path("id")
                .asText();
        String tag = "@@@langfusePrompt:name=lib/rules|label=production@@@";
        JsonNode made = created("{\"name\":\"outer\",\"type\":\"chat\",\"labels\":[\"production\"],"
                + "\"prompt\":[{\"role\":\"user\",\"content\":\"" + tag + " {{q}}\"}]}");

        JsonNode read = get(V2 + "/outer").json();
        JsonNode raw = get(V2 + "/outer?resolve=false").json();

        assertThat(made.at("/prompt/0/content").asText()).isEqualTo(tag + " {{q}}");
        assertThat(raw).isEqualTo(made);
        assertThat(read.at("/prompt/0/content").asText()).isEqualTo("Say \"hi\". {{q}}");
        String outer = made.path("id").asText();
        assertThat(read.path("resolutionGraph").toString())
                .isEqualTo("{\"root\":{\"name\":\"outer\",\"version\":1,\"id\":\"" + outer + "\"},\"dependencies\":{\""
                        + outer + "\":[{\"name\":\"lib/rules\",\"version\":1,\"id\":\"" + rules + "\"}]}}");
        assertProblem(delete(V2 + "/lib%2Frules"), 400, "'outer' with version 1");
        assertProblem(
                post(V2, "{\"name\":\"lib/rules\",\"prompt\":\"@@@langfusePrompt:name=lib/rules|version=1@@@\"}"),
                400,
                "circular dependency");
        assertProblem(
                post(V2, "{\"name\":\"x\",\"prompt\":\"@@@langfusePrompt:name=outer|version=1@@@\"}"),
                400,
                "is not a text prompt");
        assertProblem(
                post(V2, "{\"name\":\"x\",\"prompt\":\"@@@langfusePrompt:name=none|version=1@@@\"}"),
                400,
                "Prompt dependency not found: 'none' with version 1");
        assertThat(get(V2 + "/x?label=latest").status()).isEqualTo(404);
    }

    @Test
    void list_inPages_withFilters() {
        for (int i = 0; i < 12; i++) {
            created("{\"name\":\"list/%02d\",\"prompt\":\"p\",\"tags\":[\"listed\"],\"labels\":[%s]}"
                    .formatted(i, i == 5 ? "\"five\"" : ""));
        }
        created("{\"name\":\"list/05\",\"prompt\":\"p\",\"config\":{\"m\":2}}");
        String updated =
                get(V2 + "/list%2F11?label=latest").json().path("updatedAt").asText();

        JsonNode first = get(V2 + "?tag=listed").json();
        JsonNode five = get(V2 + "?label=five").json();

        assertThat(first.path("data")).hasSize(10);
        assertThat(first.path("meta").toString())
                .isEqualTo("{\"page\":1,\"limit\":10,\"totalItems\":12,\"totalPages\":2}");
        assertThat(first.path("pagination")).isEqualTo(first.path("meta"));
        assertThat(names(get(V2 + "?tag=listed&page=2"), "name")).containsExactly("\"list/10\"", "\"list/11\"");
        assertThat(five.path("data")).hasSize(1);
        assertThat(five.at("/data/0/versions").toString()).isEqualTo("[1]");
        assertThat(five.at("/data/0/labels").toString()).isEqualTo("[\"five\"]");
        assertThat(five.at("/data/0/lastConfig").toString()).isEqualTo("{}");
        JsonNode byName = get(V2 + "?name=list%2F05").json().path("data").get(0);
        assertThat(byName.path("versions").toString()).isEqualTo("[1,2]");
        assertThat(byName.path("lastConfig").toString()).isEqualTo("{\"m\":2}");
        assertThat(byName.path("tags").toString()).isEqualTo("[\"listed\"]");
        assertThat(names(get(V2 + "?tag=listed&limit=100&fromUpdatedAt=" + updated), "name"))
                .contains("\"list/11\"");
        assertThat(names(get(V2 + "?tag=listed&toUpdatedAt=2020-01-01T00:00:00Z"), "name"))
                .isEmpty();
    }

    @Test
    void firstGeneration_asksForTheActiveVersion() {
        Answer inactive = post(V1, "{\"name\":\"old one\",\"prompt\":\"1\",\"isActive\":false}");
        Answer active = post(V1, "{\"name\":\"old one\",\"prompt\":\"2\",\"isActive\":true}");

        assertThat(inactive.status()).isEqualTo(201);
        assertThat(inactive.json().path("isActive").asBoolean(true)).isFalse();
        assertThat(active.json().path("isActive").asBoolean()).isTrue();
        assertThat(active.json().path("labels").toString()).isEqualTo("[\"production\",\"latest\"]");
        assertThat(get(V1 + "?name=old+one").json()).isEqualTo(active.json());
        assertThat(get(V1 + "?name=old+one&version=1").json().path("prompt").asText())
                .isEqualTo("1");
        assertProblem(get(V1), 400, "name: ");
        assertProblem(get(V1 + "?name=none"), 404, "Prompt not found: 'none' with label 'production'");
    }

    @Test
    void manyAtOnce_numberWithoutGaps() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Integer> versions = new ArrayList<>();
        try {
            List<Future<JsonNode>> made = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(
                            () -> created("{\"name\":\"race\",\"prompt\":\"" + i + "\",\"labels\":[\"production\"]}")))
                    .toList();
            for (Future<JsonNode> one : made) {
                versions.add(one.get().path("version").asInt());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(versions)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 64).boxed().toList());
        assertThat(get(V2 + "/race").json().path("labels").toString()).isEqualTo("[\"production\",\"latest\"]");
        assertThat(get(V2 + "/race").json().path("version").asInt()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            []                                                        # body: expected an object
            {"prompt":"p"}                                            # name: expected a text
            {"name":"","prompt":"p"}                                  # name: is empty
            {"name":"  ","prompt":"p"}                                # name: is empty
            {"name":"a|b","prompt":"p"}                               # name: contains a '|'
            {"name":"<b>x</b>","prompt":"p"}                          # name: contains HTML tags
            {"name":"/a","prompt":"p"}                                # name: starts or ends with a slash
            {"name":"a/","prompt":"p"}                                # name: starts or ends with a slash
            {"name":"a//b","prompt":"p"}                              # name: starts or ends with a slash
            {"name":"new","prompt":"p"}                               # name: is reserved
            {"name":7,"prompt":"p"}                                   # name: expected a text
            {"name":"a"}                                              # prompt: expected a text
            {"name":"a","prompt":[]}                                  # prompt: expected a text
            {"name":"a","prompt":"p","type":"chat"}                   # prompt: expected a list of messages
            {"name":"a","prompt":"p","type":"image"}                  # type: expected 'text' or 'chat'
            {"name":"a","prompt":["x"],"type":"chat"}                 # prompt[0]: expected an object
            {"name":"a","prompt":[{"role":"u"}],"type":"chat"}        # prompt[0].content: expected a text
            {"name":"a","prompt":[{"content":"u"}],"type":"chat"}     # prompt[0].role: expected a text
            {"name":"a","prompt":[{"type":"placeholder"}],"type":"chat"}            # prompt[0].name: expected a text
            {"name":"a","prompt":[{"type":"placeholder","name":"1"}],"type":"chat"} # prompt[0].name: expected a letter
            {"name":"a","prompt":[{"type":"other","role":"u","content":""}],"type":"chat"} # prompt[0].type: expected
            {"name":"a","prompt":[{"role":"u","content":"{{ h }}"},{"type":"placeholder","name":"h"}],"type":"chat"} # prompt: used both
            {"name":"a","prompt":"p","labels":"production"}           # labels: expected a list
            {"name":"a","prompt":"p","labels":["ok","Not ok"]}        # labels[1]: expected 1 to 36
            {"name":"a","prompt":"p","labels":[""]}                   # labels[0]: expected 1 to 36
            {"name":"a","prompt":"p","labels":[null]}                 # labels[0]: expected a text
            {"name":"a","prompt":"p","labels":["aaaaaaaaaabbbbbbbbbbccccccccccddddddd"]} # labels[0]: expected 1 to 36
            {"name":"a","prompt":"p","tags":[1]}                      # tags[0]: expected a text
            {"name":"a","prompt":"p","commitMessage":5}               # commitMessage: expected a text
            {"name":"a"                                               # The body is no valid JSON
            """)
    void wrongBodies_nameTheField(String body, String message) {
        assertProblem(post(V2, body), 400, message);
    }

    @Test
    void limits_ofCommitMessageAndBody() {
        String long501 = "x".repeat(501);
        assertProblem(
                post(V2, "{\"name\":\"a\",\"prompt\":\"p\",\"commitMessage\":\"" + long501 + "\"}"),
                400,
                "commitMessage: longer than 500");
        assertThat(post(V2, "{\"name\":\"a\",\"prompt\":\"" + "x".repeat(1 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void halfACharacter_breaksNothing() {
        Answer made = post(V2, "{\"name\":\"half \\ud83d\",\"prompt\":\"p \\ud83d\",\"config\":[\"\\ud83d\"]}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("name").asText()).isEqualTo("half ?");
        assertThat(made.json().path("prompt").asText()).isEqualTo("p ?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            /none                        # 404 # Prompt not found: 'none' with label 'production'
            /none?label=eu               # 404 # Prompt not found: 'none' with label 'eu'
            /none?version=2              # 404 # Prompt not found: 'none' with version 2
            /none?version=2&label=eu     # 400 # Cannot specify both version and label
            /none?version=x              # 400 # version:
            /none?version=0              # 400 # version:
            /none?version=99999999999    # 400 # version:
            /none?resolve=maybe          # 400 # resolve:
            /no%25ZZ                     # 404 # Prompt not found
            ?limit=101                   # 400 # limit:
            ?page=0                      # 400 # page:
            ?fromUpdatedAt=yesterday     # 400 # fromUpdatedAt:
            ?toUpdatedAt=2026-01-01T00:00:00 # 400 # toUpdatedAt:
            """)
    void wrongQuestions_areExplained(String path, int status, String message) {
        assertProblem(get(V2 + path), status, message);
    }

    @Test
    void publicKeyAlone_isRefused() {
        Answer answer = new Answer(
                server.send(server.request(V2).header("Authorization", "Bearer " + ServerProcess.PUBLIC_KEY), false));

        assertProblem(answer, 403, "Access denied - need to use basic auth with secret key to GET prompts");
        assertThat(new Answer(server.send(server.request(V2 + "/a").DELETE(), false)).status())
                .isEqualTo(401);
    }

    @Test
    void observations_sayWhichPromptTheyCameFrom() {
        String id = created("{\"name\":\"linked\",\"prompt\":\"p\"}").path("id").asText();
        post("/api/public/ingestion", """
                {"batch":[
                 {"id":"e1","type":"generation-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"g1",
                  "traceId":"t1","startTime":"2026-11-01T10:00:00Z","promptName":"linked","promptVersion":1}},
                 {"id":"e2","type":"generation-create","timestamp":"2026-11-01T10:00:00Z","body":{"id":"g2",
                  "traceId":"t1","startTime":"2026-11-01T10:00:00Z","promptName":"linked","promptVersion":7}}]}
                """);
        server.post("/api/public/otel/v1/traces", "application/json", """
                {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"langfuse-sdk"},"spans":[{
                 "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"llm",
                 "startTimeUnixNano":"1793527200000000000","endTimeUnixNano":"1793527201000000000","attributes":[
                  {"key":"langfuse.observation.type","value":{"stringValue":"generation"}},
                  {"key":"langfuse.observation.prompt.name","value":{"stringValue":"linked"}},
                  {"key":"langfuse.observation.prompt.version","value":{"intValue":"1"}}]}]}]}]}
                """.getBytes(StandardCharsets.UTF_8));

        for (String observation : List.of("g1", "b7ad6b7169203331")) {
            JsonNode json = get("/api/public/observations/" + observation).json();
            assertThat(json.path("promptId").asText()).as(observation).isEqualTo(id);
            assertThat(json.path("promptName").asText()).isEqualTo("linked");
            assertThat(json.path("promptVersion").asInt()).isEqualTo(1);
        }
        JsonNode unknown = get("/api/public/observations/g2").json();
        assertThat(unknown.get("promptId").isNull()).isTrue();
        assertThat(unknown.path("promptVersion").asInt()).isEqualTo(7);
    }

    private static void assertProblem(Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("message").asText()).contains(message);
        String error = answer.json().path("error").asText();
        assertThat(error)
                .isEqualTo(
                        switch (status) {
                            case 400 -> "InvalidRequestError";
                            case 403 -> "ForbiddenError";
                            case 404 -> "LangfuseNotFoundError";
                            default -> "MethodNotAllowedError";
                        });
    }

    private static List<String> names(Answer list, String field) {
        List<String> found = new ArrayList<>();
        list.json().path("data").forEach(row -> found.add(row.path(field).toString()));
        return found;
    }

    private static JsonNode created(String body) {
        Answer answer = post(V2, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    private static Answer post(String path, String body) {
        return new Answer(server.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer patch(String path, String body) {
        return new Answer(server.send(
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body)),
                true));
    }

    private static Answer delete(String path) {
        return new Answer(server.send(server.request(path).DELETE(), true));
    }
}
