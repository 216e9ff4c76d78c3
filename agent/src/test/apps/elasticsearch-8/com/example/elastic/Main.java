package com.example.elastic;

import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** As the first versions did it. */
public final class Main extends Searches {
    private Main(Server server, int port) {
        super(
                server,
                new RestClientTransport(
                        RestClient.builder(new HttpHost("localhost", port)).build(), new JacksonJsonpMapper()));
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        new Main(server, server.start()).play();
    }

    @Override
    SearchRequest.Builder nearest(SearchRequest.Builder search, String tag) {
        return search.knn(knn -> {
            knn.field("embedding").queryVector(Server.vector(1, 0)).k(2).numCandidates(10);
            return tag.isEmpty() ? knn : knn.filter(filter -> filter.term(term -> term.field("tag").value(tag)));
        });
    }
}
