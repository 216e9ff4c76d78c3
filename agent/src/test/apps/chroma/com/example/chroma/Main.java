package com.example.chroma;

import java.util.List;
import java.util.Map;
import java.util.Scanner;
import tech.amikos.chromadb.Client;
import tech.amikos.chromadb.Collection;

/** Queries a collection. Each line of the input is a scenario. */
public final class Main {
    private final Collection collection;

    private Main(Collection collection) {
        this.collection = collection;
    }

    public static void main(String[] arguments) throws Exception {
        Client client = new Client("http://localhost:" + Server.start());
        Main main = new Main(client.getCollection("docs", new Embedder()));
        for (Scanner input = new Scanner(System.in); input.hasNextLine(); ) {
            String said;
            try {
                said = main.play(input.nextLine());
            } catch (Exception e) {
                said = "threw " + e.getClass().getSimpleName();
            }
            System.out.println("> " + said.replace('\n', ' '));
        }
        System.exit(0);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the values are texts in one version and anything in another
    private String play(String scenario) throws Exception {
        switch (scenario) {
            case "query":
                return texts(collection.query(List.of("rain"), 2, null, null, null));
            case "filter":
                return texts(collection.query(List.of("rain"), 1, (Map) Map.of("row", "0"), null, null));
            case "too many":
                return texts(collection.query(List.of("rain"), 10, null, null, null));
            case "add":
                return "" + collection.add(null, (List) List.of(Map.of(), Map.of()), List.of("A", "B"), List.of("7", "8"));
            case "upsert":
                return "" + collection.upsert(null, (List) List.of(Map.of()), List.of("A"), List.of("7"));
            case "delete":
                return "" + collection.deleteWithIds(List.of("7"));
            default:
                return "unknown scenario";
        }
    }

    private static String texts(Collection.QueryResponse found) {
        return String.join(" ", found.getDocuments().get(0));
    }
}
