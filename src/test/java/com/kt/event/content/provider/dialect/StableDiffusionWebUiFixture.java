package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** AUTOMATIC1111's Stable Diffusion WebUI. */
final class StableDiffusionWebUiFixture implements DialectFixture {
    @Override
    public String type() {
        return "stable-diffusion-webui";
    }

    @Override
    public String model() {
        return "sdxl_base.safetensors";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/sdapi/v1/txt2img"));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return response("'" + Shapes.base64(image) + "'");
    }

    @Override
    public String withoutImage() {
        return response("");
    }

    static String response(String images) {
        return "{'images': [" + images + "], 'parameters': {'prompt': 'a poster'},"
                + " 'info': '{\\'seed\\': 42, \\'sd_model_name\\': \\'sdxl_base\\', \\'infotexts\\': [\\'a poster\\']}'}";
    }

    static ResponseDefinitionBuilder error(int status, String error, String detail) {
        return Shapes.json(status,
                "{'error': '" + error + "', 'detail': '" + detail + "', 'body': '', 'errors': ''}");
    }
}
