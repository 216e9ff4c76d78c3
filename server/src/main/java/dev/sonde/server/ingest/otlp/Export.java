package dev.sonde.server.ingest.otlp;

import dev.sonde.server.ingest.Fragment;
import java.util.List;

/**
 * A decoded export.
 *
 * @param spans how many spans the fragments come from
 * @param refused for each span that cannot be taken, which one it is and why
 */
public record Export(List<Fragment> fragments, int spans, List<String> refused) {

    public Export {
        fragments = List.copyOf(fragments);
        refused = List.copyOf(refused);
    }
}
