package com.example.plain;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks with Spring's WebClient over three of what it can send with. */
public final class SpringWeb implements Scenarios.Client {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ClientHttpConnector netty = new ReactorClientHttpConnector();
    private final ClientHttpConnector jdk = new JdkClientHttpConnector(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    private final ClientHttpConnector apache = new HttpComponentsClientHttpConnector();

    public static void main(String[] arguments) throws Exception {
        Scenarios.run(new SpringWeb());
    }

    @Override
    public String call(String way, Ask ask) throws Exception {
        switch (way) {
            case "blocking":
                return whole(netty, ask);
            case "overJdk":
                return whole(jdk, ask);
            case "overApache":
                return whole(apache, ask);
            case "stream":
                return streamed(netty, ask).block(DEADLINE);
            case "streamOverJdk":
                return streamed(jdk, ask).block(DEADLINE);
            case "streamOverApache":
                return streamed(apache, ask).block(DEADLINE);
            case "streamCancelled":
                return request(netty, ask)
                        .exchangeToMono(response -> text(response)
                                .scan("", (all, next) -> all + next)
                                .filter(all -> !Ask.said(all).isEmpty())
                                .next()
                                .map(all -> response.statusCode().value() + " " + Ask.said(all)))
                        .block(DEADLINE);
            case "streamEvents":
                List<ServerSentEvent<String>> events = request(netty, ask)
                        .retrieve()
                        .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                        .collectList()
                        .block(DEADLINE);
                StringBuilder all = new StringBuilder();
                events.forEach(event -> all.append(event.data()).append('\n'));
                return "200 " + Ask.said(all.toString());
            case "asyncCancelled":
                request(netty, ask).retrieve().bodyToMono(String.class).timeout(Duration.ofMillis(300)).block(DEADLINE);
                return "answered";
            default:
                throw new IllegalArgumentException(way);
        }
    }

    private static WebClient.RequestHeadersSpec<?> request(ClientHttpConnector connector, Ask ask) {
        return WebClient.builder()
                .clientConnector(connector)
                .build()
                .post()
                .uri(ask.url())
                .headers(headers -> ask.headers().forEach(headers::set))
                .bodyValue(ask.body());
    }

    private static String whole(ClientHttpConnector connector, Ask ask) {
        return request(connector, ask)
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .map(body -> response.statusCode().value() + " " + Ask.said(body)))
                .block(DEADLINE);
    }

    private static Mono<String> streamed(ClientHttpConnector connector, Ask ask) {
        return request(connector, ask).exchangeToMono(response -> text(response)
                .reduce("", (all, next) -> all + next)
                .map(all -> response.statusCode().value() + " " + Ask.said(all)));
    }

    private static Flux<String> text(ClientResponse response) {
        return response.body((message, context) -> message.getBody()).map(buffer -> {
            String text = buffer.toString(java.nio.charset.StandardCharsets.UTF_8);
            org.springframework.core.io.buffer.DataBufferUtils.release(buffer);
            return text;
        });
    }
}
