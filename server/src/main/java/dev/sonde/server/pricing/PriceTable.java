package dev.sonde.server.pricing;

import com.google.re2j.Pattern;
import dev.sonde.server.model.PricedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The models and prices that come with the server. A name is first taken as that of the provider it begins with, then as
 * that of a provider that makes models, which may stand behind any path, and last as that of one that serves others'.
 * Exact names come before exact names with a date behind them, and those before what names look like. Thread-safe.
 */
public final class PriceTable {

    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 300;
    private static final Pattern DATE = Pattern.compile("[-@](\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

    private final List<BuiltInModels.Entry> entries;
    private final Map<String, String> providers;
    private final Map<String, List<BuiltInModels.Entry>> byName = new HashMap<>();
    private final Map<String, PricedModel> byId = new HashMap<>();
    private final Map<String, List<PricedModel>> found = new ConcurrentHashMap<>();

    private PriceTable(BuiltInModels.Contents contents) {
        this.entries = contents.entries();
        this.providers = contents.providers();
        for (BuiltInModels.Entry entry : entries) {
            entry.names()
                    .forEach(name ->
                            byName.computeIfAbsent(name, k -> new ArrayList<>()).add(entry));
            entry.periods().forEach(model -> byId.put(model.id(), model));
        }
    }

    /** The table that comes with the server. */
    public static PriceTable builtIn() {
        return new PriceTable(BuiltInModels.read());
    }

    /** All models, once for each date their prices changed, in the order they are asked. */
    public List<PricedModel> models() {
        return entries.stream().flatMap(entry -> entry.periods().stream()).toList();
    }

    /** The model under this id. */
    public Optional<PricedModel> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The model with this name, as it was priced then. */
    public Optional<PricedModel> find(String name, Instant at) {
        return periods(name).stream().filter(model -> holds(model, at)).findFirst();
    }

    static boolean holds(PricedModel model, Instant at) {
        Instant start = model.startDate();
        return start == null || !start.isAfter(at);
    }

    private List<PricedModel> periods(String name) {
        if (name.length() > LONGEST_NAME) {
            return List.of();
        }
        List<PricedModel> known = found.get(name);
        if (known != null) {
            return known;
        }
        if (found.size() >= MOST_REMEMBERED) {
            found.clear();
        }
        List<PricedModel> match = search(name.toLowerCase(Locale.ROOT))
                .map(BuiltInModels.Entry::periods)
                .orElse(List.of());
        found.put(name, match);
        return match;
    }

    private Optional<BuiltInModels.Entry> search(String name) {
        Set<String> paths = paths(name);
        int slash = name.indexOf('/');
        String provider = slash < 0 ? null : providers.get(name.substring(0, slash));
        if (provider != null) {
            Set<String> behind = paths(name.substring(slash + 1));
            Optional<BuiltInModels.Entry> match =
                    search(behind, entry -> entry.provider().equals(provider));
            if (match.isPresent()) {
                return match;
            }
        }
        return search(paths, BuiltInModels.Entry::isMaker).or(() -> search(Set.of(name), entry -> !entry.isMaker()));
    }

    /** The name, and what stands behind each slash of it. */
    private static Set<String> paths(String name) {
        Set<String> paths = new LinkedHashSet<>();
        paths.add(name);
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            paths.add(name.substring(slash + 1));
        }
        return paths;
    }

    /** Among some entries: exact names first, exact names with a date next, what names look like last. */
    private Optional<BuiltInModels.Entry> search(Set<String> names, Predicate<BuiltInModels.Entry> among) {
        for (boolean dated : new boolean[] {false, true}) {
            for (String name : names) {
                String exact = dated ? DATE.matcher(name).replaceFirst("") : name;
                Optional<BuiltInModels.Entry> match = byName.getOrDefault(exact, List.of()).stream()
                        .filter(among)
                        .findFirst();
                if (match.isPresent()) {
                    return match;
                }
            }
        }
        return entries.stream()
                .filter(among)
                .filter(entry -> names.stream().anyMatch(entry::looksLike))
                .findFirst();
    }
}
