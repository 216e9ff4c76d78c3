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

/** What the key of an organisation manages over the public interface, and what it must not reach. */
class OrganisationsIT {

    private static final String PROJECTS = "/api/public/projects";
    private static final String ORGANISATION =
            ServerProcess.basic(ServerProcess.ORGANISATION_PUBLIC_KEY, ServerProcess.ORGANISATION_SECRET_KEY);
    private static final String PROJECT = ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY);

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
    void projects_areMadeChangedListed() {
        Answer made = send(ORGANISATION, "POST", PROJECTS, "{'name':' Zwei ','metadata':{'team':'a'},'retention':0}");
        String id = made.json().path("id").asText();
        JsonNode changed =
                send(ORGANISATION, "PUT", PROJECTS + "/" + id, "{'name':'Two'}").json();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("name").asText()).isEqualTo("Zwei");
        assertThat(made.json().path("organization").path("id").asText()).isEqualTo("default");
        assertThat(changed.path("name").asText()).isEqualTo("Two");
        assertThat(changed.path("metadata").toString()).isEqualTo("{\"team\":\"a\"}");
        JsonNode listed = send(ORGANISATION, "GET", "/api/public/organizations/projects", null)
                .json()
                .path("projects");
        assertThat(listed.findValuesAsText("id")).contains(id, ServerProcess.PROJECT);
        assertThat(listed.get(0).path("updatedAt").asText())
                .isGreaterThanOrEqualTo(listed.get(0).path("createdAt").asText());
    }

    @Test
    void keysOfProjects_workUntilTheyAreDeleted_andAreToldOnce() {
        String id = project("keys");
        String keys = PROJECTS + "/" + id + "/apiKeys";
        Answer made = send(ORGANISATION, "POST", keys, "{'note':'ci'}");
        Answer given = send(
                ORGANISATION,
                "POST",
                keys,
                "{'publicKey':'pk-lf-given-0123456','secretKey':'sk-lf-given-0123456','note':null}");
        String secret = made.json().path("secretKey").asText();
        String basic = ServerProcess.basic(made.json().path("publicKey").asText(), secret);

        assertThat(List.of(made.status(), given.status())).containsExactly(201, 201);
        assertThat(send(basic, "GET", PROJECTS, null).json().path("data").findValuesAsText("name"))
                .contains("keys");
        assertThat(send(ServerProcess.basic("pk-lf-given-0123456", "sk-lf-given-0123456"), "GET", PROJECTS, null)
                        .status())
                .isEqualTo(200);
        Answer list = send(ORGANISATION, "GET", keys, null);
        assertThat(list.json().path("apiKeys").findValuesAsText("note")).containsExactlyInAnyOrder("ci", "null");
        assertThat(list.text())
                .doesNotContain(secret)
                .doesNotContain("secretKey")
                .doesNotContain("ecretHash");
        assertThat(send(
                                ORGANISATION,
                                "POST",
                                keys,
                                "{'publicKey':'pk-lf-given-0123456','secretKey':'sk-lf-other-0123456'}")
                        .text())
                .contains("publicKey: is taken");

        String one = keys + "/" + made.json().path("id").asText();
        assertThat(send(ORGANISATION, "DELETE", one, null).json().toString()).isEqualTo("{\"success\":true}");
        assertThat(send(basic, "GET", PROJECTS, null).status()).isEqualTo(401);
        assertThat(send(ORGANISATION, "DELETE", one, null).status()).isEqualTo(404);
    }

    @Test
    void organisationKeys_areListedWithoutTheirSecret() {
        Answer answer = send(ORGANISATION, "GET", "/api/public/organizations/apiKeys", null);

        assertThat(answer.json().path("apiKeys").findValuesAsText("publicKey"))
                .containsExactly(ServerProcess.ORGANISATION_PUBLIC_KEY);
        assertThat(answer.text())
                .doesNotContain(ServerProcess.ORGANISATION_SECRET_KEY)
                .doesNotContain("ecretHash");
    }

    @Test
    void eachKey_opensItsOwnDoorsOnly() {
        String one = PROJECTS + "/" + ServerProcess.PROJECT;
        for (String[] route : new String[][] {
            {"GET", "/api/public/organizations/apiKeys"},
            {"GET", "/api/public/organizations/projects"},
            {"POST", PROJECTS},
            {"PUT", one},
            {"DELETE", one},
            {"GET", one + "/apiKeys"},
            {"POST", one + "/apiKeys"},
            {"DELETE", one + "/apiKeys/k"}
        }) {
            String as = route[0] + " " + route[1];
            Answer withProject = send(PROJECT, route[0], route[1], "{'name':'x'}");
            assertThat(withProject.status()).as(as).isEqualTo(403);
            assertThat(withProject.json().path("error").asText()).contains("Organization-scoped API key required");
            assertThat(send("Bearer " + ServerProcess.PUBLIC_KEY, route[0], route[1], "{'name':'x'}")
                            .status())
                    .as(as)
                    .isEqualTo(403);
            assertThat(send("Bearer " + ServerProcess.ORGANISATION_PUBLIC_KEY, route[0], route[1], "{'name':'x'}")
                            .status())
                    .as(as)
                    .isEqualTo(401);
            assertThat(send(
                                    ServerProcess.basic(ServerProcess.ORGANISATION_PUBLIC_KEY, "sk-lf-wrong"),
                                    route[0],
                                    route[1],
                                    "{'name':'x'}")
                            .status())
                    .as(as)
                    .isEqualTo(401);
            assertThat(send("", route[0], route[1], "{'name':'x'}").status())
                    .as(as)
                    .isEqualTo(401);
        }
        for (String path : List.of(PROJECTS, "/api/public/traces", "/api/public/v2/prompts", "/api/public/models")) {
            assertThat(send(ORGANISATION, "GET", path, null).status()).as(path).isEqualTo(403);
        }
        assertThat(send(ORGANISATION, "GET", PROJECTS, null).text()).contains("Are you using an organization key?");
        assertThat(send(ORGANISATION, "POST", "/api/public/ingestion", "{'batch':[]}")
                        .status())
                .isEqualTo(401);
        assertThat(send(PROJECT, "GET", PROJECTS, null).status())
                .as("nothing was deleted")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ; []; body
            ; {}; name
            ; {'name':' '}; name
            ; {'name':1}; name
            ; {'name':'n','metadata':[]}; metadata
            ; {'name':'n','retention':7}; retention
            ; {'name':'n','retention':'0'}; retention
            /project-1/apiKeys; {'publicKey':'pk-lf-0123456789'}; publicKey
            /project-1/apiKeys; {'publicKey':'0123456789012345','secretKey':'sk-lf-0123456789'}; publicKey
            /project-1/apiKeys; {'publicKey':'pk-lf-0123456789','secretKey':'sk-lf-short'}; secretKey
            /project-1/apiKeys; {'publicKey':'pk-lf-organisation','secretKey':'sk-lf-0123456789'}; publicKey
            /project-1/apiKeys; {'note':7}; note
            """)
    void badBody_isToldItsField(String path, String body, String field) {
        Answer answer = send(ORGANISATION, "POST", PROJECTS + (path == null ? "" : path), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(field);
        assertThat(send(ORGANISATION, "POST", PROJECTS + "/never/apiKeys", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void deletedProject_itsKeysStopAtOnce_itsDataGoes_andTheOthersStay() throws Exception {
        String id = project("short");
        JsonNode key = send(ORGANISATION, "POST", PROJECTS + "/" + id + "/apiKeys", "{}")
                .json();
        String basic = ServerProcess.basic(
                key.path("publicKey").asText(), key.path("secretKey").asText());
        for (String authorization : List.of(basic, PROJECT)) {
            fill(authorization);
        }

        Answer deleted = send(ORGANISATION, "DELETE", PROJECTS + "/" + id, null);

        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().path("success").asBoolean()).isTrue();
        assertThat(send(basic, "GET", PROJECTS, null).status()).isEqualTo(401);
        assertThat(send(ORGANISATION, "DELETE", PROJECTS + "/" + id, null).status())
                .isEqualTo(404);
        assertThat(send(ORGANISATION, "GET", "/api/public/organizations/projects", null)
                        .text())
                .doesNotContain(id);
        assertThere();
        server.kill();
        server = ServerProcess.seeded(directory.resolve("data"));
        assertThere();
        assertThat(send(ORGANISATION, "GET", "/api/public/organizations/projects", null)
                        .text())
                .doesNotContain(id);
    }

    private void fill(String authorization) {
        Answer sent = send(
                authorization,
                "POST",
                "/api/public/ingestion",
                "{'batch':[{'id':'a','type':'trace-create','timestamp':'2026-11-01T00:00:00Z','body':{'id':'t',"
                        + "'sessionId':'s'}},{'id':'b','type':'span-create','timestamp':'2026-11-01T00:00:00Z','body':"
                        + "{'id':'o','traceId':'t'}},{'id':'c','type':'score-create','timestamp':'2026-11-01T00:00:00Z',"
                        + "'body':{'id':'x','sessionId':'s','name':'n','value':1}}]}");
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
        for (String[] made : new String[][] {
            {"/v2/prompts", "{'name':'p','prompt':'p','tags':['t'],'labels':['l']}"},
            {"/v2/datasets", "{'name':'d'}"},
            {"/dataset-items", "{'datasetName':'d','id':'i'}"},
            {"/dataset-run-items", "{'runName':'r','datasetItemId':'i','traceId':'t'}"},
            {"/score-configs", "{'name':'c','dataType':'CATEGORICAL','categories':[{'label':'a','value':1}]}"},
            {"/models", "{'modelName':'m','matchPattern':'m','inputPrice':1}"},
            {"/comments", "{'projectId':'p','objectType':'TRACE','objectId':'t','content':'c'}"},
            {"/annotation-queues", "{'name':'q','scoreConfigIds':[]}"}
        }) {
            assertThat(send(authorization, "POST", "/api/public" + made[0], made[1])
                            .status())
                    .as(made[0])
                    .isIn(200, 201);
        }
        assertThat(send(
                                authorization,
                                "PUT",
                                "/api/public/llm-connections",
                                "{'provider':'x','adapter':'openai','secretKey':'s'}")
                        .status())
                .isEqualTo(201);
    }

    private void assertThere() {
        for (String path :
                List.of("/traces/t", "/observations/o", "/v2/scores/x", "/v2/prompts/p?label=l", "/dataset-items/i")) {
            assertThat(send(PROJECT, "GET", "/api/public" + path, null).status())
                    .as(path)
                    .isEqualTo(200);
        }
        for (String path : List.of("/score-configs", "/comments", "/annotation-queues", "/llm-connections")) {
            assertThat(send(PROJECT, "GET", "/api/public" + path, null).json().path("data"))
                    .as(path)
                    .hasSize(1);
        }
    }

    private String project(String name) {
        Answer made = send(ORGANISATION, "POST", PROJECTS, "{'name':'" + name + "'}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private Answer send(String authorization, String method, String path, String body) {
        var request = server.request(path)
                .header("content-type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        return new Answer(
                server.send(authorization.isEmpty() ? request : request.header("authorization", authorization), false));
    }
}
