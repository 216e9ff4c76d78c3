package com.example.plain;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Asks with Spring's blocking clients over three of what they can send with. */
public final class SpringRest implements Scenarios.Client {
    private final ClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    private final ClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
    private final ClientHttpRequestFactory apache = new HttpComponentsClientHttpRequestFactory();

    public static void main(String[] arguments) throws Exception {
        Scenarios.run(new SpringRest());
    }

    @Override
    public String call(String way, Ask ask) throws Exception {
        switch (way) {
            case "blocking":
                return whole(client(jdk), ask);
            case "overSimple":
                return whole(client(simple), ask);
            case "overApache":
                return whole(client(apache), ask);
            case "intercepted":
                return whole(
                        client(jdk).mutate()
                                .requestInterceptor((request, body, execution) -> execution.execute(request, body))
                                .build(),
                        ask);
            case "template":
                return new RestTemplate(simple)
                        .execute(
                                ask.url(),
                                HttpMethod.POST,
                                request -> {
                                    headers(request.getHeaders(), ask);
                                    request.getBody().write(ask.body().getBytes(StandardCharsets.UTF_8));
                                },
                                response -> read(response, true));
            case "stream":
                return streamed(client(jdk), ask, true);
            case "streamOverApache":
                return streamed(client(apache), ask, true);
            case "streamCancelled":
                return streamed(client(jdk), ask, false);
            default:
                throw new IllegalArgumentException(way);
        }
    }

    private static RestClient client(ClientHttpRequestFactory factory) {
        return RestClient.builder()
                .requestFactory(factory)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
    }

    private static String whole(RestClient client, Ask ask) {
        ResponseEntity<String> answer = client.post()
                .uri(ask.url())
                .headers(headers -> headers(headers, ask))
                .body(ask.body())
                .retrieve()
                .toEntity(String.class);
        return answer.getStatusCode().value() + " " + Ask.said(answer.getBody());
    }

    private static String streamed(RestClient client, Ask ask, boolean toTheEnd) {
        return client.post()
                .uri(ask.url())
                .headers(headers -> headers(headers, ask))
                .body(ask.body())
                .exchange((request, response) -> read(response, toTheEnd));
    }

    private static String read(ClientHttpResponse response, boolean toTheEnd) throws IOException {
        return response.getStatusCode().value() + " " + Scenarios.read(response.getBody(), toTheEnd);
    }

    private static void headers(HttpHeaders headers, Ask ask) {
        ask.headers().forEach(headers::set);
    }
}
