package dev.sonde.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** A browser after its sign-in: carries the cookie, and for changes the page's token. */
record SignedInBrowser(ServerProcess server, String cookie, String csrf) {

    /** Signs in as the seeded owner. */
    static SignedInBrowser owner(ServerProcess server) {
        Answer entered = new Answer(server.send(
                server.request("/api/ui/login")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"" + ServerProcess.EMAIL + "\",\"password\":\""
                                + ServerProcess.PASSWORD + "\"}")),
                false));
        return new SignedInBrowser(
                server,
                entered.header("set-cookie"),
                entered.json().path("csrf").asText());
    }

    /** Of the seeded project; the path begins with a slash. */
    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String json) {
        return change("POST", path, json);
    }

    Answer patch(String path, String json) {
        return change("PATCH", path, json);
    }

    Answer delete(String path) {
        return send(request(path).header("x-sonde-csrf", csrf).DELETE());
    }

    /** The same change without the page's token: what a foreign page could send. */
    Answer postWithoutToken(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private Answer change(String method, String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("x-sonde-csrf", csrf)
                .method(method, BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return server.request("/api/ui/projects/" + ServerProcess.PROJECT + path)
                .header("Cookie", cookie);
    }

    private Answer send(HttpRequest.Builder request) {
        return new Answer(server.send(request, false));
    }
}
