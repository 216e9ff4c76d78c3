package dev.sonde.server.storage.control;

import dev.sonde.server.model.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows that are about something: its kind and its id. */
final class SubjectRows {

    private SubjectRows() {}

    static Subject subject(ResultSet row) throws SQLException {
        return new Subject(Subject.Type.valueOf(row.getString("subject_type")), row.getString("subject_id"));
    }

    /** Deletes a table's rows about these, and answers how many there were. */
    static int delete(Handle h, String table, String projectId, Collection<Subject> subjects) {
        if (subjects.isEmpty()) {
            return 0;
        }
        PreparedBatch batch = h.prepareBatch(
                "DELETE FROM " + table + " WHERE project_id = :project AND subject_type = :type AND subject_id = :id");
        subjects.forEach(subject -> batch.bind("project", projectId)
                .bind("type", subject.type().name())
                .bind("id", subject.id())
                .add());
        int deleted = 0;
        for (int rows : batch.execute()) {
            deleted += rows;
        }
        return deleted;
    }
}
