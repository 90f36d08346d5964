package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.util.List;
import java.util.UUID;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/** A scriptable image API of any kind, which also serves images. It answers 404 to what it was not told. */
public final class DialectStub implements AutoCloseable {
    private static final String IMAGE = "/delivered/out-0.png";

    private final WireMockServer server = new WireMockServer(options().dynamicPort());

    public DialectStub() {
        server.start();
    }

    /** Without a slash at the end. */
    public String url() {
        return server.baseUrl();
    }

    /** Answers 503 to all requests, until it is told other things. */
    public void isBusy() {
        reset();
        answers(any(anyUrl()).atPriority(10), aResponse().withStatus(503));
    }

    public void reset() {
        server.resetAll();
    }

    public void answers(MappingBuilder request, ResponseDefinitionBuilder response) {
        server.stubFor(request.willReturn(response));
    }

    /** Answers one request after the other; the last response stays. */
    public void answersInTurn(MappingBuilder request, ResponseDefinitionBuilder... responses) {
        for (int i = 0; i < responses.length; i++) {
            server.stubFor(request.withId(UUID.randomUUID()).inScenario("turn")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "turn " + i)
                    .willSetStateTo("turn " + Math.min(i + 1, responses.length - 1)).willReturn(responses[i]));
        }
    }

    /** Serves an image, and returns its address. */
    public String serves(byte[] image) {
        return serves(aResponse().withHeader("Content-Type", "image/png").withBody(image));
    }

    /** As {@link #serves(byte[])}, in any form. */
    public String serves(ResponseDefinitionBuilder image) {
        answers(get(urlEqualTo(IMAGE)), image);
        return url() + IMAGE;
    }

    /** Serves a redirect to its own address, which is in a private network, and returns the address of the redirect. */
    public String servesRedirectTo(byte[] image) {
        String target = serves(image).replaceFirst("localhost", "127.0.0.1");
        answers(get(urlEqualTo("/moved")), aResponse().withStatus(302).withHeader("Location", target));
        return url() + "/moved";
    }

    public List<LoggedRequest> posts() {
        return server.findAll(postRequestedFor(anyUrl()));
    }

    public List<LoggedRequest> gets() {
        return server.findAll(getRequestedFor(anyUrl()));
    }

    @Override
    public void close() {
        server.stop();
    }
}
