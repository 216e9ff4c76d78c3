package com.example.lc4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A server of the Model Context Protocol that speaks over its standard input and output. */
public final class ToolServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOLS = "{'tools':[{'name':'weather','description':'The weather of a city',"
            + "'inputSchema':{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}}]}";

    private ToolServer() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            JsonNode message = JSON.readTree(line);
            if (message.has("id") && message.has("method")) {
                System.out.println("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + "," + answer(message) + "}");
            }
        }
    }

    private static String answer(JsonNode message) {
        JsonNode params = message.path("params");
        String answer = switch (message.get("method").asText()) {
            case "initialize" ->
                result("{'protocolVersion':'" + params.path("protocolVersion").asText()
                        + "','capabilities':{'tools':{},'prompts':{},'resources':{}},"
                        + "'serverInfo':{'name':'weather','version':'1'}}");
            case "ping" -> result("{}");
            case "tools/list" -> result(TOOLS);
            case "tools/call" ->
                params.at("/arguments/city").asText().equals("Atlantis")
                        ? result("{'content':[{'type':'text','text':'no such city'}],'isError':true}")
                        : result("{'content':[{'type':'text','text':'rain'}]}");
            case "prompts/get" -> result("{'messages':[{'role':'user','content':{'type':'text','text':'Greet Ada'}}]}");
            case "resources/read" ->
                result("{'contents':[{'uri':'city://paris','mimeType':'text/plain','text':'A city'}]}");
            default -> "'error':{'code':-32601,'message':'no such method'}";
        };
        return answer.replace('\'', '"');
    }

    private static String result(String json) {
        return "'result':" + json;
    }
}
