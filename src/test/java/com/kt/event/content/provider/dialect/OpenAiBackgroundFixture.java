package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import java.util.Map;

import com.github.tomakehurst.wiremock.client.MappingBuilder;

/** OpenAI's Responses API in the background. */
final class OpenAiBackgroundFixture implements DialectFixture {
    static final String ID = "resp_68af4030592c81938ec0a5fbab4a3e9f";

    @Override
    public String type() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-image-2.6-flare";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("mode", "background", "text-model", "gpt-5.4-mini");
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/v1/responses"));
    }

    @Override
    public MappingBuilder imageRequest() {
        return get(urlEqualTo("/v1/responses/" + ID));
    }

    @Override
    public void prepare(DialectStub stub) {
        stub.answers(paidRequest(), Shapes.json(response("queued", "")));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return response("completed", "{'type': 'image_generation_call', 'id': 'ig_1', 'status': 'completed',"
                + " 'revised_prompt': 'A poster', 'result': '" + Shapes.base64(image) + "'}");
    }

    @Override
    public String withoutImage() {
        return response("completed", "{'type': 'message', 'content': [{'type': 'output_text', 'text': 'No.'}]}");
    }

    static String response(String status, String output) {
        return response(status, output, "'error': null, 'incomplete_details': null");
    }

    static String response(String status, String output, String rest) {
        return "{'id': '" + ID + "', 'object': 'response', 'status': '" + status + "', 'model': 'gpt-5.4-mini',"
                + " 'output': [{'type': 'reasoning', 'summary': []}" + (output.isEmpty() ? "" : ", " + output) + "], "
                + rest + ", 'usage': {'input_tokens': 120, 'output_tokens': 1900, 'total_tokens': 2020}}";
    }
}
