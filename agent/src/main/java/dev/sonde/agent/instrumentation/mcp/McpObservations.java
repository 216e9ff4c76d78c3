package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.calls.StepOutcome;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.context.Context;
import org.jspecify.annotations.Nullable;

/** What client and server record alike. */
final class McpObservations {
    /** Attribute names of OpenTelemetry's conventions for MCP. */
    private static final String METHOD = "mcp.method.name";

    private static final String RESOURCE = "mcp.resource.uri";
    private static final String PROMPT = "gen_ai.prompt.name";
    private static final String TOOL = "gen_ai.tool.name";
    private static final String OPERATION = "gen_ai.operation.name";
    private static final String ERROR_CODE = "rpc.response.status_code";

    private McpObservations() {}

    /**
     * A request's step below the place.
     *
     * @param place null for a new trace
     * @param argument the request as the client or the server has it, or a list's cursor; null for none
     * @return null where nothing is running
     */
    static @Nullable Step start(@Nullable Context place, String type, McpRequest request, @Nullable Object argument) {
        Step step = Step.startAt(place, type, request.title(argument), request.input(argument));
        return step == null ? null : step.note(observation -> describe(observation, request, argument));
    }

    /** How a request ends. */
    static StepOutcome outcome(McpRequest request) {
        return new Outcome(request);
    }

    /** Name and version of a server, as the library's {@code Implementation} holds them. */
    static void server(LiveObservation observation, @Nullable Object implementation) {
        observation.metadata("mcp.server.name", LibraryObjects.text(implementation, "name"));
        observation.metadata("mcp.server.version", LibraryObjects.text(implementation, "version"));
    }

    private static void describe(LiveObservation observation, McpRequest request, @Nullable Object argument) {
        observation.attribute(METHOD, request.method());
        String target = McpRequest.target(argument);
        if (request == McpRequest.CALL_TOOL && target != null) {
            observation.attribute(OPERATION, "execute_tool").attribute(TOOL, target);
        } else if (request == McpRequest.GET_PROMPT && target != null) {
            observation.attribute(PROMPT, target);
        } else if (request == McpRequest.READ_RESOURCE
                && observation.tracer().config().captureInput()
                && request.input(argument) instanceof String uri) {
            observation.attribute(RESOURCE, uri);
        }
    }

    private record Outcome(McpRequest request) implements StepOutcome {
        @Override
        public void returned(Step step, @Nullable Object result) {
            String failure = result == null ? null : McpContent.failure(result);
            Object output = result == null ? null : request.output(result);
            if (failure == null) {
                step.ended(output);
            } else {
                step.failed(failure, output);
            }
        }

        @Override
        public void failed(Step step, Throwable error) {
            Object code = LibraryObjects.get(LibraryObjects.get(error, "getJsonRpcError"), "code");
            if (code != null) {
                step.note(observation -> observation.attribute(ERROR_CODE, code.toString()));
            }
            step.failed(error);
        }
    }
}
