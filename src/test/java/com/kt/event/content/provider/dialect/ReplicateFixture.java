package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** Replicate, with a model that has a path of its own. */
final class ReplicateFixture implements DialectFixture {
    static final String ID = "gm3qorzdhgbfurvjtvhg6dckhu";

    @Override
    public String type() {
        return "replicate";
    }

    @Override
    public String model() {
        return "black-forest-labs/flux-1.1-pro";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/v1/models/black-forest-labs/flux-1.1-pro/predictions"));
    }

    @Override
    public MappingBuilder imageRequest() {
        return get(urlEqualTo("/v1/predictions/" + ID));
    }

    @Override
    public void prepare(DialectStub stub) {
        stub.answers(paidRequest(), created());
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return succeeded("['" + stub.serves(image) + "']");
    }

    @Override
    public String withoutImage() {
        return succeeded("null");
    }

    static ResponseDefinitionBuilder created() {
        return Shapes.json(201, prediction("starting", "null", "null"));
    }

    static String succeeded(String output) {
        return prediction("succeeded", output, "null");
    }

    static String failed(String error) {
        return prediction("failed", "null", "'" + error + "'");
    }

    static String prediction(String status, String output, String error) {
        return "{'id': '" + ID + "', 'model': 'black-forest-labs/flux-1.1-pro', 'version': 'hidden', 'status': '"
                + status
                + "', 'input': {'prompt': 'a safety poster'}, 'output': " + output + ", 'error': " + error
                + ", 'logs': '', 'data_removed': false, 'created_at': '2026-11-26T09:00:00Z',"
                + " 'metrics': {'predict_time': 4.1}, 'urls': {'get': 'http://attacker.example/v1/predictions/1'}}";
    }

    static ResponseDefinitionBuilder error(int status, String detail, String rest) {
        return Shapes.json(status,
                "{'title': 'An error', 'detail': '" + detail + "', 'status': " + status + rest + "}");
    }
}
