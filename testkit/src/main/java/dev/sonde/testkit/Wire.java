package dev.sonde.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How one endpoint writes the answer to one request. */
interface Wire {
    /** The body of an answer that does not stream. */
    ObjectNode whole(Answer.Scripted message);

    /** The server-sent events of a stream in order, each with its empty line. */
    List<String> events(Answer.Scripted message);

    /** The server-sent event that tells a client in the middle of a stream that it failed. */
    String failure(Answer.Failure failure);
}
