package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import java.util.Map;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** Azure OpenAI, by either surface. */
record AzureOpenAiFixture(Map<String, String> options, String path) implements DialectFixture {
    static AzureOpenAiFixture v1() {
        return new AzureOpenAiFixture(Map.of(), "/openai/v1/images/generations?api-version=preview");
    }

    static AzureOpenAiFixture deployments() {
        return new AzureOpenAiFixture(Map.of("api-version", "2025-04-01-preview"),
                "/openai/deployments/posters/images/generations?api-version=2025-04-01-preview");
    }

    @Override
    public String type() {
        return "azure-openai";
    }

    @Override
    public String model() {
        return "posters";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo(path));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return "{'created': 1795600000, 'data': [{'b64_json': '" + Shapes.base64(image) + "'}]}";
    }

    @Override
    public String withoutImage() {
        return "{'created': 1795600000, 'data': []}";
    }

    static ResponseDefinitionBuilder error(int status, String error) {
        return Shapes.json(status, "{'created': 1795600000, 'error': {" + error + "}}")
                .withHeader("apim-request-id", "a-1");
    }
}
