package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.inspector.Inspection;
import dev.sonde.server.inspector.Inspector;
import dev.sonde.server.inspector.Rejection;

/** {@code …/inspector}: what clients of a project sent last and what became of it, for its members. */
final class UiInspectorResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 2_000;

    private final Inspector inspector;
    private final BrowserAuthentication browsers;

    UiInspectorResource(Inspector inspector, BrowserAuthentication browsers) {
        this.inspector = inspector;
        this.browsers = browsers;
    }

    JsonNode list(Call call) {
        String project = browsers.member(call).project().id();
        int limit = call.queryInt("limit", DEFAULT_LIMIT, 1, MOST);
        boolean onlyProblems = call.queryBoolean("onlyProblems", false);
        ObjectNode json = Json.object();
        json.set(
                "requests",
                TraceJson.array(inspector.latest(project, limit, onlyProblems), UiInspectorResource::request));
        return json;
    }

    private static ObjectNode request(Inspection each) {
        ObjectNode json = Json.object()
                .put("id", each.id())
                .put("time", Json.time(each.at()))
                .put("route", each.route())
                .put("publicKey", each.publicKey())
                .put("client", each.client())
                .put("bytes", each.bytes())
                .put("micros", each.micros())
                .put("status", each.status())
                .put("accepted", each.accepted())
                .put("rejected", each.rejected());
        json.set("rejections", TraceJson.array(each.rejections(), UiInspectorResource::rejection));
        return json;
    }

    private static ObjectNode rejection(Rejection rejection) {
        return Json.object()
                .put("id", rejection.id())
                .put("status", rejection.status())
                .put("reason", rejection.reason())
                .put("fix", rejection.fix());
    }
}
