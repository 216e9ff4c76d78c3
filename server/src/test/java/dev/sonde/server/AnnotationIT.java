package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments and annotation queues over the public interface. */
class AnnotationIT {

    private static final String COMMENTS = "/api/public/comments";
    private static final String QUEUES = "/api/public/annotation-queues";

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static String config;
    private static String owner;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.seeded(directory.resolve("data"));
        trace("t1");
        config = made("/api/public/score-configs", "{'name':'tone','dataType':'TEXT'}")
                .path("id")
                .asText();
        owner = account();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void comments_areMadeOnEverything_andListed() {
        String prompt = made("/api/public/v2/prompts", "{'name':'p','prompt':'hello'}")
                .path("id")
                .asText();

        String onTrace = comment("TRACE", "t1", ",'authorUserId':'" + owner + "'");
        String onObservation = comment("OBSERVATION", "o-t1", ",'authorUserId':null");
        String onSession = comment("SESSION", "s-t1", "");
        String onPrompt = comment("PROMPT", prompt, "");

        assertThat(ids(get(COMMENTS))).contains(onTrace, onObservation, onSession, onPrompt);
        assertThat(ids(get(COMMENTS + "?objectType=TRACE&objectId=t1"))).containsExactly(onTrace);
        assertThat(ids(get(COMMENTS + "?objectType=PROMPT"))).containsExactly(onPrompt);
        assertThat(ids(get(COMMENTS + "?authorUserId=" + owner))).containsExactly(onTrace);
        assertThat(get(COMMENTS + "?limit=1&page=2").path("meta").toString())
                .contains("\"page\":2,\"limit\":1,\"totalItems\":");
        JsonNode one = get(COMMENTS + "/" + onTrace);
        assertThat(one.path("content").asText()).isEqualTo("**why** \"x\"");
        assertThat(one.path("objectType").asText()).isEqualTo("TRACE");
        assertThat(one.path("authorUserId").asText()).isEqualTo(owner);
        assertThat(one.path("projectId").asText()).isEqualTo(ServerProcess.PROJECT);
        assertThat(one.path("createdAt").asText()).matches("2.*\\.\\d{3}Z");
        assertThat(get(COMMENTS + "/" + onSession).path("authorUserId").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            []; body
            {}; projectId
            {'projectId':'p','objectId':'t1','content':'c'}; objectType
            {'projectId':'p','objectType':'trace','objectId':'t1','content':'c'}; objectType
            {'projectId':'p','objectType':'TRACE','content':'c'}; objectId
            {'projectId':'p','objectType':'TRACE','objectId':7,'content':'c'}; objectId
            {'projectId':'p','objectType':'TRACE','objectId':'t1'}; content
            {'projectId':'p','objectType':'TRACE','objectId':'t1','content':' '}; content
            {'projectId':'p','objectType':'TRACE','objectId':'t1','content':'c','more':1}; more
            {'projectId':'p','objectType':'TRACE','objectId':'t1','content':'c','authorUserId':'nobody'}; authorUserId
            """)
    void badComment_isToldItsField(String body, String field) {
        assertProblem(400, field, send("POST", COMMENTS, body));
    }

    @Test
    void comment_isAtMostFiveThousandCharacters_andNeedsWhatItIsAbout() {
        String body = "{'projectId':'p','objectType':'TRACE','objectId':'t1','content':'%s'}";

        assertProblem(400, "content", send("POST", COMMENTS, String.format(body, "x".repeat(5_001))));
        assertThat(send("POST", COMMENTS, String.format(body, "x".repeat(5_000)))
                        .status())
                .isEqualTo(200);
        for (String type : List.of("TRACE", "OBSERVATION", "SESSION", "PROMPT")) {
            Answer answer = send(
                    "POST", COMMENTS, "{'projectId':'p','objectType':'" + type + "','objectId':'never','content':'c'}");
            assertProblem(404, "never", answer);
            assertThat(answer.json().path("error").asText()).isEqualTo("LangfuseNotFoundError");
        }
        assertThat(send("GET", COMMENTS + "/never", null).status()).isEqualTo(404);
        assertProblem(400, "objectType", send("GET", COMMENTS + "?objectId=t1", null));
        assertProblem(400, "objectType", send("GET", COMMENTS + "?objectType=SPAN", null));
    }

    @Test
    void queue_isMadeFilledWorkedOff() {
        JsonNode queue = queue("work");
        String items = QUEUES + "/" + queue.path("id").asText() + "/items";
        JsonNode pending = made(items, "{'objectId':'t1','objectType':'TRACE'}");
        JsonNode completed = made(items, "{'objectId':'not-yet','objectType':'SESSION','status':'COMPLETED'}");

        assertThat(queue.path("description").asText()).isEqualTo("of today");
        assertThat(queue.path("scoreConfigIds").toString()).isEqualTo("[\"" + config + "\"]");
        assertThat(get(QUEUES + "/" + queue.path("id").asText())).isEqualTo(queue);
        assertThat(ids(get(QUEUES))).contains(queue.path("id").asText());
        assertThat(pending.path("status").asText()).isEqualTo("PENDING");
        assertThat(pending.path("completedAt").isNull()).isTrue();
        assertThat(completed.path("completedAt").isTextual()).isTrue();
        assertThat(ids(get(items))).containsExactlyInAnyOrder(id(pending), id(completed));
        assertThat(ids(get(items + "?status=PENDING"))).containsExactly(id(pending));
        assertThat(get(items + "/" + id(pending))).isEqualTo(pending);

        JsonNode done = send("PATCH", items + "/" + id(pending), "{'status':'COMPLETED'}")
                .json();
        assertThat(done.path("completedAt").isTextual()).isTrue();
        assertThat(send("PATCH", items + "/" + id(pending), "{'status':'COMPLETED'}")
                        .json())
                .as("once is as good as twice")
                .isEqualTo(done);
        assertThat(send("PATCH", items + "/" + id(pending), "{'status':null}").json())
                .isEqualTo(done);
        assertThat(send("PATCH", items + "/" + id(pending), "{'status':'PENDING'}")
                        .json()
                        .path("completedAt")
                        .isNull())
                .isTrue();
        Answer deleted = send("DELETE", items + "/" + id(pending), null);
        assertThat(deleted.json().path("success").asBoolean()).isTrue();
        assertThat(send("DELETE", items + "/" + id(pending), null).status()).isEqualTo(404);
        assertThat(send("GET", items + "/" + id(pending), null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {'scoreConfigIds':[]}; name
            {'name':'  ','scoreConfigIds':[]}; name
            {'name':1,'scoreConfigIds':[]}; name
            {'name':'n'}; scoreConfigIds
            {'name':'n','scoreConfigIds':'c'}; scoreConfigIds
            {'name':'n','scoreConfigIds':['never']}; scoreConfigIds[0]
            {'name':'n','scoreConfigIds':[1]}; scoreConfigIds[0]
            {'name':'n','scoreConfigIds':['c','c']}; scoreConfigIds
            {'name':'n','scoreConfigIds':[],'description':1}; description
            {'name':'taken','scoreConfigIds':[]}; name
            """)
    void badQueue_isToldItsField(String body, String field) {
        send("POST", QUEUES, "{'name':'taken','scoreConfigIds':[]}");

        assertProblem(400, field, send("POST", QUEUES, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'objectId':'t1'}",
                "{'objectId':'t1','objectType':'PROMPT'}",
                "{'objectType':'TRACE'}",
                "{'objectId':'t1','objectType':'TRACE','status':'DONE'}"
            })
    void badItem_isRefused(String body) {
        String queue = id(queue("bad " + body.hashCode()));

        assertThat(send("POST", QUEUES + "/" + queue + "/items", body).status()).isEqualTo(400);
        assertThat(ids(get(QUEUES + "/" + queue + "/items"))).isEmpty();
        assertThat(send("POST", QUEUES + "/never/items", body).status()).isEqualTo(404);
    }

    @Test
    void members_areAssigned_nobodyElse() {
        String assignments = QUEUES + "/" + id(queue("assigned")) + "/assignments";
        String body = "{'userId':'" + owner + "'}";

        assertThat(made(assignments, body).path("projectId").asText()).isEqualTo(ServerProcess.PROJECT);
        assertThat(made(assignments, body).path("userId").asText()).isEqualTo(owner);
        assertProblem(404, "nobody", send("POST", assignments, "{'userId':'nobody'}"));
        assertProblem(400, "userId", send("POST", assignments, "{}"));
        for (int i = 0; i < 2; i++) {
            assertThat(send("DELETE", assignments, body).json().toString()).isEqualTo("{\"success\":true}");
        }
        assertThat(send("POST", QUEUES + "/never/assignments", body).status()).isEqualTo(404);
    }

    @Test
    void deletedTrace_takesWhatWasSaidOfIt() {
        trace("t2");
        comment("TRACE", "t2", "");
        comment("OBSERVATION", "o-t2", "");
        String items = QUEUES + "/" + id(queue("forgetful")) + "/items";
        made(items, "{'objectId':'o-t2','objectType':'OBSERVATION'}");

        assertThat(send("DELETE", "/api/public/traces/t2", null).status()).isEqualTo(200);

        assertThat(ids(get(COMMENTS + "?objectType=TRACE&objectId=t2"))).isEmpty();
        assertThat(ids(get(COMMENTS + "?objectType=OBSERVATION&objectId=o-t2"))).isEmpty();
        assertThat(ids(get(items))).isEmpty();
    }

    @Test
    void noKey_andAPublicKeyAlone_areRefused() {
        for (String path : List.of(COMMENTS, QUEUES)) {
            assertThat(server.send(server.request(path), false).statusCode()).isEqualTo(401);
            assertThat(server.send(
                                    server.request(path).header("authorization", "Bearer " + ServerProcess.PUBLIC_KEY),
                                    false)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private static String comment(String type, String id, String more) {
        return id(made(
                COMMENTS,
                "{'projectId':'not this one','objectType':'" + type + "','objectId':'" + id
                        + "','content':'**why** \\'x\\''" + more + "}"));
    }

    private static JsonNode queue(String name) {
        return made(
                QUEUES, "{'name':'" + name + "','description':'of today','scoreConfigIds':['" + config + "'],'x':1}");
    }

    private static void trace(String id) {
        Answer sent = send(
                "POST",
                "/api/public/ingestion",
                "{'batch':[{'id':'e" + id
                        + "','type':'trace-create','timestamp':'2026-11-02T00:00:00Z','body':{'id':'" + id
                        + "','sessionId':'s-" + id + "'}},{'id':'f" + id
                        + "','type':'span-create','timestamp':'2026-11-02T00:00:00Z','body':{'id':'o-" + id
                        + "','traceId':'" + id + "'}}]}");
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    /** The seeded owner's id, which the pages know. */
    private static String account() throws Exception {
        Answer login = new Answer(server.send(
                server.request("/api/ui/login")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"" + ServerProcess.EMAIL + "\",\"password\":\""
                                + ServerProcess.PASSWORD + "\"}")),
                false));
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        return login.json().path("user").path("id").asText();
    }

    private static void assertProblem(int status, String named, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("message").asText()).contains(named);
    }

    private static String id(JsonNode entity) {
        return entity.path("id").asText();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data").findValuesAsText("id");
    }

    private static JsonNode get(String path) {
        Answer answer = send("GET", path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode made(String path, String body) {
        Answer answer = send("POST", path, body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json();
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
