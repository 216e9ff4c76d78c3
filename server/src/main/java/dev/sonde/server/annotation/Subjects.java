package dev.sonde.server.annotation;

import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;

/** Whether what somebody refers to is there. */
public final class Subjects {

    private final Storage storage;

    public Subjects(Storage storage) {
        this.storage = storage;
    }

    /** Whether the project has it. */
    public boolean exists(String projectId, Subject subject) {
        return switch (subject.type()) {
            case TRACE -> storage.traces().find(projectId, subject.id()).isPresent();
            case OBSERVATION ->
                storage.observations().find(projectId, subject.id()).isPresent();
            case SESSION -> isSession(projectId, subject.id());
            case PROMPT -> storage.prompts().contains(projectId, subject.id());
        };
    }

    /** Whether the account may open the project. */
    public boolean isMember(String projectId, String accountId) {
        return storage.control().memberships(accountId).stream()
                .anyMatch(membership -> membership.project().id().equals(projectId));
    }

    private boolean isSession(String projectId, String id) {
        Filter ofSession = new Filter.TextIs(Field.of(Column.SESSION_ID), Filter.TextMatch.EQUAL, id, false);
        return !storage.traces()
                .find(new EventQuery(projectId, ofSession, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1), false))
                .isEmpty();
    }
}
