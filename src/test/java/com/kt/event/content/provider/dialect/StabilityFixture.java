package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** Stability AI's REST API v2beta. */
final class StabilityFixture implements DialectFixture {
    @Override
    public String type() {
        return "stability";
    }

    @Override
    public String model() {
        return "core";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/v2beta/stable-image/generate/core"));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return finished("SUCCESS", image);
    }

    @Override
    public String withoutImage() {
        return "{'finish_reason': 'SUCCESS', 'seed': 343940597}";
    }

    static String finished(String reason, byte[] image) {
        return "{'image': '" + Shapes.base64(image) + "', 'finish_reason': '" + reason + "', 'seed': 343940597}";
    }

    static ResponseDefinitionBuilder error(int status, String name) {
        return Shapes.json(status, "{'id': 'e-1', 'name': '" + name + "', 'errors': ['Something went wrong.']}");
    }
}
