package com.example.elastic;

import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.net.URI;

/** As the newest versions do it. */
public final class Main extends Searches {
    private Main(Server server, int port) {
        super(
                server,
                new Rest5ClientTransport(
                        Rest5Client.builder(URI.create("http://localhost:" + port)).build(), new JacksonJsonpMapper()));
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        new Main(server, server.start()).play();
    }

    @Override
    SearchRequest.Builder nearest(SearchRequest.Builder search, String tag) {
        return search.knn(knn -> {
            knn.field("embedding").queryVector(Server.query()).k(2).numCandidates(10);
            return tag.isEmpty() ? knn : knn.filter(filter -> filter.term(term -> term.field("tag").value(tag)));
        });
    }
}
