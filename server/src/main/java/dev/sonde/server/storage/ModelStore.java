package dev.sonde.server.storage;

import dev.sonde.server.model.PricedModel;
import java.util.List;
import java.util.Optional;

/** Keeps the models that projects defined themselves. Every method is one transaction, durable when it returns. */
public interface ModelStore {

    /** Stores a model of a project; takes the place of the project's one with its id. */
    void save(PricedModel model);

    /** One model of a project's own. */
    Optional<PricedModel> find(String projectId, String id);

    /** All of a project's own, by name, then id. */
    List<PricedModel> list(String projectId);

    /** Deletes a model; false when there is none. */
    boolean delete(String projectId, String id);
}
