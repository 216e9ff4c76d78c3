package dev.sonde.server.storage;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import java.util.Map;

/** The stored states of the entities that a group is about to change; absent keys are new. Payloads included. */
public record Baseline(
        Map<EntityKey, Trace> traces, Map<EntityKey, Observation> observations, Map<EntityKey, Score> scores) {}
