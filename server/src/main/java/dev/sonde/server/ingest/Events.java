package dev.sonde.server.ingest;

import java.util.List;

/**
 * What one request says, decoded.
 *
 * @param fragments of traces and observations
 * @param scores fragments of scores
 * @param bytes the request's size, for the limits of a commit
 */
public record Events(List<Fragment> fragments, List<Fragment> scores, int bytes) {

    public Events {
        fragments = List.copyOf(fragments);
        scores = List.copyOf(scores);
    }

    /** How many there are. */
    public int count() {
        return fragments.size() + scores.size();
    }
}
