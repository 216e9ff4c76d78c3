package dev.sonde.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Bodies that the server takes, and what becomes of them when somebody breaks them. */
final class FuzzBodies {

    private static final JsonMapper JSON = new JsonMapper();

    /** A body that is taken, by the route that takes it; single quotes stand for double ones. */
    static final Map<String, String> TAKEN = Map.ofEntries(
            Map.entry("/api/public/ingestion", """
                    {'batch':[{'id':'e1','type':'trace-create','timestamp':'2026-11-20T12:00:00Z','body':{'id':'t1','name':'n',
                    'userId':'u','sessionId':'s','tags':['a'],'metadata':{'a':{'b':1}},'input':{'q':1},'public':true}},
                    {'id':'e2','type':'generation-create','timestamp':'2026-11-20T12:00:00.123456+02:00','body':{'id':'o1',
                    'traceId':'t1','startTime':'2026-11-20T12:00:00Z','endTime':'2026-11-20T12:00:01Z','model':'gpt-4o',
                    'modelParameters':{'temperature':0.5},'usage':{'input':1,'output':2,'totalCost':0.1},
                    'usageDetails':{'input':1,'output':2},'costDetails':{'total':0.1},'level':'ERROR','promptName':'p',
                    'promptVersion':1,'metadata':'text','output':'o'}},
                    {'id':'e3','type':'score-create','timestamp':'2026-11-20T12:00:00Z','body':{'id':'s1','name':'q',
                    'value':1,'traceId':'t1','dataType':'NUMERIC','comment':'c','metadata':{'a':1}}}],'metadata':{'sdk':'x'}}"""),
            Map.entry("/api/public/otel/v1/traces", """
                    {'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'s'}}]},
                    'scopeSpans':[{'scope':{'name':'langfuse-sdk','version':'4.0.0'},'spans':[{
                    'traceId':'4bf92f3577b34da6a3ce929d0e0e4736','spanId':'00f067aa0ba902b7','parentSpanId':'','name':'n',
                    'kind':1,'startTimeUnixNano':'1795436181637700055','endTimeUnixNano':1795436182637700055,'attributes':[
                    {'key':'gen_ai.request.model','value':{'stringValue':'gpt-4o'}},
                    {'key':'gen_ai.usage.input_tokens','value':{'intValue':'12'}},
                    {'key':'langfuse.trace.tags','value':{'arrayValue':{'values':[{'stringValue':'a'}]}}},
                    {'key':'langfuse.observation.usage_details','value':{'stringValue':'{}'}}],
                    'events':[{'name':'e','timeUnixNano':'1','attributes':[]}],'status':{'code':2,'message':'m'}}]}]}]}"""),
            Map.entry("/api/public/scores", """
                    {'id':'s2','traceId':'t1','name':'q','value':0.5,'dataType':'NUMERIC','comment':'c','environment':'prod',
                    'metadata':{'a':1}}"""),
            Map.entry("/api/public/score-configs", """
                    {'name':'quality','dataType':'CATEGORICAL','categories':[{'label':'good','value':1},{'label':'bad',
                    'value':0}],'description':'d'}"""),
            Map.entry("/api/public/models", """
                    {'modelName':'m','matchPattern':'(?i)^m$','startDate':'2026-01-01T00:00:00Z','unit':'TOKENS',
                    'pricingTiers':[{'name':'d','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}},
                    {'name':'a','isDefault':false,'priority':1,'conditions':[{'usageDetailPattern':'a','operator':'gt',
                    'value':1,'caseSensitive':true}],'prices':{'input':2}}],'tokenizerId':'openai'}"""),
            Map.entry("/api/public/v2/prompts", """
                    {'name':'p','type':'chat','prompt':[{'role':'user','content':'hi'}],'config':{'a':1},'labels':['l'],
                    'tags':['t'],'commitMessage':'m'}"""),
            Map.entry("/api/public/v2/datasets", """
                    {'name':'d','description':'x','metadata':{'a':1},'inputSchema':{'type':'object'},
                    'expectedOutputSchema':null}"""),
            Map.entry("/api/public/dataset-items", """
                    {'datasetName':'d','id':'i1','input':{'a':1},'expectedOutput':'x','metadata':{'a':1},'status':'ACTIVE',
                    'sourceTraceId':'t1','sourceObservationId':'o1'}"""),
            Map.entry("/api/public/dataset-run-items", """
                    {'runName':'r','runDescription':null,'metadata':{'a':1},'datasetItemId':'i1','traceId':'t1',
                    'observationId':'o1'}"""),
            Map.entry("/api/public/media", """
                    {'traceId':'t1','observationId':null,'contentType':'image/png','contentLength':3,
                    'sha256Hash':'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=','field':'input'}"""),
            Map.entry("/api/public/comments", """
                    {'projectId':'project-1','objectType':'TRACE','objectId':'t1','content':'c','authorUserId':null}"""),
            Map.entry("/api/public/annotation-queues", """
                    {'name':'queue','description':'d','scoreConfigIds':[]}"""),
            Map.entry("/api/public/repricings", """
                    {'from':'2026-11-02T00:00:00Z','to':'2026-11-03T00:00:00Z','model':'m','dryRun':true}"""));

    private static final List<String> ODD = List.of(
            "null",
            "''",
            "' '",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e999999",
            "123456789012345678901234567890",
            "true",
            "[]",
            "{}",
            "[[[]]]",
            "{'':null}",
            "'\\u0000'",
            "'\\ud800'",
            "'\\ud83d\\ude00'",
            "'2026-13-45T99:99:99Z'",
            "'+999999999-12-31T23:59:59Z'",
            "'-0001-01-01T00:00:00Z'",
            "'../../etc/passwd'",
            "'(?:a+)+$'",
            "'%s%n%x'",
            "'\\r\\n\\r\\n'",
            "'NaN'",
            "9007199254740993",
            "{'$ref':'#'}",
            "{'__proto__':{'a':1}}",
            "['a',1,null,{'b':[]}]");

    private FuzzBodies() {}

    static JsonNode taken(String route) {
        return tree(TAKEN.get(route));
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The odd values, each once; the numbers among them as they are written. */
    static List<String> odd() {
        return ODD.stream().map(text -> text.replace('\'', '"')).toList();
    }

    /** A body for some route or for none, as it is or broken in one of many ways. */
    static byte[] random(Random random, String own) {
        List<String> all = new ArrayList<>(TAKEN.values());
        all.sort(null);
        String text = own == null || random.nextInt(4) == 0 ? all.get(random.nextInt(all.size())) : own;
        return switch (random.nextInt(8)) {
            case 0 -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            case 1 -> cut(random, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            case 2 -> flipped(random, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            case 3 -> odd().get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8);
            case 4 -> deep(random);
            default -> mutated(random, tree(text)).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** One to three values replaced, left out or said twice. */
    private static String mutated(Random random, JsonNode tree) {
        JsonNode changed = tree;
        List<String> marks = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(changed, containers);
            if (containers.isEmpty()) {
                break;
            }
            JsonNode container = containers.get(random.nextInt(containers.size()));
            String mark = "@@" + marks.size() + "@@";
            marks.add(odd().get(random.nextInt(ODD.size())));
            if (container instanceof ObjectNode object && !object.isEmpty()) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.put(name, mark);
                }
            } else if (container instanceof ArrayNode array) {
                if (array.isEmpty() || random.nextInt(3) == 0) {
                    array.add(mark);
                } else {
                    array.set(random.nextInt(array.size()), array.textNode(mark));
                }
            }
        }
        String text = changed.toString();
        for (int i = 0; i < marks.size(); i++) {
            text = text.replace("\"@@" + i + "@@\"", marks.get(i));
        }
        return text;
    }

    private static void collect(JsonNode tree, List<JsonNode> containers) {
        if (tree.isContainerNode()) {
            containers.add(tree);
            tree.forEach(child -> collect(child, containers));
        }
    }

    private static byte[] cut(Random random, byte[] body) {
        return Arrays.copyOf(body, random.nextInt(body.length));
    }

    private static byte[] flipped(Random random, byte[] body) {
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private static byte[] deep(Random random) {
        int depth = 1 + random.nextInt(20_000);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return (open.repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
}
