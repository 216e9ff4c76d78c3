package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models with their prices over the public interface, and what they do to costs. */
class ModelsIT {

    private static final String MODELS = "/api/public/models";

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
    void builtInModels_areListedByName_andStay() {
        JsonNode first = get(MODELS + "?limit=100");
        List<String> names = first.path("data").findValuesAsText("modelName");

        assertThat(first.path("meta").path("totalItems").asInt()).isGreaterThan(1_000);
        assertThat(names).hasSize(100).isSorted();
        JsonNode gemini = get(MODELS + "/google%2Fgemini-2.5-pro");
        assertThat(gemini.path("isLangfuseManaged").asBoolean()).isTrue();
        assertThat(gemini.path("inputPrice").decimalValue()).isEqualByComparingTo("0.00000125");
        assertThat(gemini.path("pricingTiers").get(1).path("conditions").toString())
                .isEqualTo("[{\"usageDetailPattern\":\"input|prompt|cache\",\"operator\":\"gt\",\"value\":200000,"
                        + "\"caseSensitive\":false}]");
        assertThat(send("DELETE", MODELS + "/google%2Fgemini-2.5-pro", null).status())
                .isEqualTo(404);
        assertThat(send("PUT", MODELS + "/gpt-4o", "{'modelName':'m','matchPattern':'m','inputPrice':1}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyModel_isOnOnePage() {
        List<String> ids = new ArrayList<>();
        int pages = 1;
        for (int page = 1; page <= pages; page++) {
            JsonNode answer = get(MODELS + "?limit=100&page=" + page);
            pages = answer.path("meta").path("totalPages").asInt();
            ids.addAll(ids(answer));
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(1_000).contains("gpt-4o");
    }

    @Test
    void ownModel_pricesWhatComesAfterIt_untilItIsDeleted() {
        JsonNode before = generation("own-1", "gpt-4o-mini", "{'input':10}", "");
        JsonNode made = made("{'modelName':'mini','matchPattern':'(?i)^gpt-4o-mini$','unit':'TOKENS','inputPrice':0.5,"
                + "'outputPrice':0.000000000123}");
        String id = made.path("id").asText();
        JsonNode with = generation("own-2", "GPT-4o-mini", "{'input':10,'output':1}", "");
        JsonNode replaced = send(
                        "PUT", MODELS + "/" + id, "{'modelName':'mini','matchPattern':'^gpt-4o-mini$','totalPrice':2}")
                .json();
        JsonNode total = generation("own-3", "gpt-4o-mini", "{'input':10}", "");
        Answer deleted = send("DELETE", MODELS + "/" + id, null);
        JsonNode after = generation("own-4", "gpt-4o-mini", "{'input':10}", "");

        assertThat(before.path("modelId").asText()).isEqualTo("gpt-4o-mini");
        assertThat(made.path("isLangfuseManaged").asBoolean(true)).isFalse();
        assertThat(made.path("outputPrice").decimalValue()).isEqualByComparingTo("0.000000000123");
        assertThat(with.path("modelId").asText()).isEqualTo(id);
        assertThat(with.path("calculatedTotalCost").decimalValue()).isEqualByComparingTo("5.000000000123");
        assertThat(replaced.path("id").asText()).isEqualTo(id);
        assertThat(replaced.path("createdAt")).isEqualTo(made.path("createdAt"));
        assertThat(total.path("calculatedTotalCost").decimalValue()).isEqualByComparingTo("20");
        assertThat(deleted.json().path("message").asText()).isEqualTo("Model successfully deleted");
        assertThat(after.path("modelId").asText()).isEqualTo("gpt-4o-mini");
        assertThat(get("/api/public/observations/own-2")
                        .path("calculatedTotalCost")
                        .decimalValue())
                .as("history stays")
                .isEqualByComparingTo("5.000000000123");
        assertThat(send("GET", MODELS + "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void put_underAnIdOfOnesOwn_makesTheModel() {
        String body = "{'modelName':'put','matchPattern':'^put$','inputPrice':1}";

        assertThat(send("PUT", MODELS + "/my%2Fid", body).json().path("id").asText())
                .isEqualTo("my/id");
        assertThat(get(MODELS + "/my%2Fid").path("modelName").asText()).isEqualTo("put");
        assertThat(generation("put-1", "put", "{'input':1}", "").path("modelId").asText())
                .isEqualTo("my/id");
        assertThat(send("DELETE", MODELS + "/my%2Fid", null).status()).isEqualTo(200);
    }

    @Test
    void startDate_letsOlderObservationsBe() {
        made("{'modelName':'late','matchPattern':'^late$','startDate':'2026-11-01T12:00:00+02:00','inputPrice':1}");
        made("{'modelName':'late','matchPattern':'^late$','inputPrice':3}");

        assertThat(cost(generation("late-1", "late", "{'input':1}", "'startTime':'2026-11-01T09:59:59Z',")))
                .isEqualTo("3");
        assertThat(cost(generation("late-2", "late", "{'input':1}", "'startTime':'2026-11-01T10:00:00Z',")))
                .isEqualTo("1");
    }

    @Test
    void tiers_areChosenByUsageParametersAndMetadata_andAnswersSayWhich() {
        JsonNode made = made("""
                {'modelName':'tiered','matchPattern':'^tiered$','pricingTiers':[
                 {'name':'much','isDefault':false,'priority':1,'prices':{'input':2},'conditions':[
                  {'usageDetailPattern':'^input','operator':'gt','value':100,'caseSensitive':false}]},
                 {'name':'Standard','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}},
                 {'name':'flex','isDefault':false,'priority':2,'prices':{'input':0.5},'conditions':[
                  {'source':'model_parameters','key':'service_tier','operator':'in','values':['flex']},
                  {'source':'metadata','key':'plan','operator':'in','values':['a','b']}]}]}""");
        JsonNode much = generation("tier-1", "tiered", "{'input':101}", "");
        JsonNode flex = generation(
                "tier-2",
                "tiered",
                "{'input':4,'other':1}",
                "'modelParameters':{'service_tier':'flex'},'metadata':{'plan':'b'},");

        assertThat(made.path("pricingTiers").findValuesAsText("name")).containsExactly("Standard", "much", "flex");
        assertThat(cost(much)).isEqualTo("202");
        assertThat(much.path("usagePricingTierName").asText()).isEqualTo("much");
        assertThat(much.path("usagePricingTierId"))
                .isEqualTo(made.path("pricingTiers").get(1).path("id"));
        assertThat(flex.path("costBasis").toString())
                .isEqualTo(
                        "{\"kind\":\"computed\",\"model\":\"" + made.path("id").asText()
                                + "\",\"tier\":\"flex\",\"prices\":{\"input\":0.5},\"unpriced\":[\"other\"]}");
        assertThat(cost(generation("tier-3", "tiered", "{'input':4}", "'modelParameters':{'service_tier':'flex'},")))
                .isEqualTo("4");
    }

    @Test
    void basis_saysWhyThereIsNoCost() {
        assertThat(generation("none-1", "nobody-knows", "{'input':1}", "")
                        .path("costBasis")
                        .path("kind")
                        .asText())
                .isEqualTo("unknown_model");
        assertThat(generation("none-2", "gpt-4o", "{'input':1}", "'costDetails':{'total':7},")
                        .path("costBasis")
                        .toString())
                .isEqualTo("{\"kind\":\"provided\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            modelName       | 'matchPattern':'m','inputPrice':1
            matchPattern    | 'modelName':'m','matchPattern':'(','inputPrice':1
            matchPattern    | 'modelName':'m','matchPattern':'^(?!no)m$','inputPrice':1
            matchPattern    | 'modelName':'m','matchPattern':'\\ud800','inputPrice':1
            startDate       | 'modelName':'m','matchPattern':'m','inputPrice':1,'startDate':'+999999999-01-01T00:00:00Z'
            totalPrice      | 'modelName':'m','matchPattern':'m','inputPrice':1,'totalPrice':2
            inputPrice      | 'modelName':'m','matchPattern':'m','inputPrice':-1
            inputPrice      | 'modelName':'m','matchPattern':'m','inputPrice':'1'
            pricingTiers    | 'modelName':'m','matchPattern':'m'
            unit            | 'modelName':'m','matchPattern':'m','inputPrice':1,'unit':'WORDS'
            tokenizerId     | 'modelName':'m','matchPattern':'m','inputPrice':1,'tokenizerId':'abacus'
            startDate       | 'modelName':'m','matchPattern':'m','inputPrice':1,'startDate':'2026-01-01'
            inputPrice      | 'modelName':'m','matchPattern':'m','inputPrice':1,'pricingTiers':[%D]
            isDefault       | 'modelName':'m','matchPattern':'m','pricingTiers':[%A]
            isDefault       | 'modelName':'m','matchPattern':'m','pricingTiers':[%D,%D]
            twice           | 'modelName':'m','matchPattern':'m','pricingTiers':[%D,%A,%A]
            conditions      | 'modelName':'m','matchPattern':'m','pricingTiers':[%D,{'name':'x','isDefault':false,'priority':1,'conditions':[],'prices':{'input':1}}]
            priority        | 'modelName':'m','matchPattern':'m','pricingTiers':[{'name':'x','isDefault':true,'priority':1,'conditions':[],'prices':{'input':1}}]
            same usage      | 'modelName':'m','matchPattern':'m','pricingTiers':[%D,{'name':'x','isDefault':false,'priority':1,'conditions':[%C],'prices':{'output':1}}]
            operator        | 'modelName':'m','matchPattern':'m','pricingTiers':[%D,{'name':'x','isDefault':false,'priority':1,'conditions':[{'usageDetailPattern':'a','operator':'about','value':1}],'prices':{'input':1}}]
            """)
    void badModels_nameTheField(String field, String body) {
        String whole = "{" + body + "}";
        Answer answer = send(
                "POST",
                MODELS,
                whole.replace("%D", "{'name':'d','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}}")
                        .replace(
                                "%A",
                                "{'name':'a','isDefault':false,'priority':1,'conditions':[%C],'prices':{'input':1}}")
                        .replace("%C", "{'usageDetailPattern':'a','operator':'gt','value':1,'caseSensitive':true}"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(field);
    }

    private static JsonNode generation(String id, String model, String usage, String more) {
        Answer sent = send(
                "POST",
                "/api/public/ingestion",
                "{'batch':[{'id':'" + id
                        + "','type':'generation-create','timestamp':'2026-11-02T00:00:00Z','body':{'id':'" + id
                        + "','traceId':'t'," + more + "'model':'" + model + "','usageDetails':" + usage + "}}]}");
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
        return get("/api/public/observations/" + id);
    }

    private static String cost(JsonNode observation) {
        return observation
                .path("calculatedTotalCost")
                .decimalValue()
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(model -> ids.add(model.path("id").asText()));
        return ids;
    }

    private static JsonNode made(String body) {
        Answer answer = send("POST", MODELS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode get(String path) {
        Answer answer = new Answer(server.get(path));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
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
