package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;

/** The Images API of OpenAI and gateways, which answer with base64 or a URL. */
record OpenAiFixture(boolean withUrl) implements DialectFixture {
    @Override
    public String type() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-image-2.6-flare";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/v1/images/generations"));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return response(withUrl
                ? "'url': '" + stub.serves(image) + "'"
                : "'b64_json': '" + Shapes.base64(image) + "'");
    }

    @Override
    public String withoutImage() {
        return response("'revised_prompt': 'a poster'");
    }

    private static String response(String item) {
        return "{'created': 1795600000, 'background': 'opaque', 'output_format': 'png', 'quality': 'medium',"
                + " 'size': '1088x1360', 'data': [{" + item + "}], 'usage': {'input_tokens': 57,"
                + " 'input_tokens_details': {'text_tokens': 57, 'image_tokens': 0}, 'output_tokens': 1587,"
                + " 'output_tokens_details': {'image_tokens': 1587, 'text_tokens': 0}, 'total_tokens': 1644}}";
    }
}
