package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Project;

/** {@code GET /api/public/projects}: the one project of the key. */
final class ProjectsResource {

    JsonNode list(Call call, Caller caller) {
        Project project = caller.project();
        ObjectNode json = Json.object();
        ObjectNode row =
                json.putArray("data").addObject().put("id", project.id()).put("name", project.name());
        row.putObject("organization")
                .put("id", project.organisation().id())
                .put("name", project.organisation().name());
        row.set("metadata", Json.stored(project.metadata()));
        return json;
    }
}
