package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** Google's Gemini API. */
final class GeminiFixture implements DialectFixture {
    @Override
    public String type() {
        return "gemini";
    }

    @Override
    public String model() {
        return "gemini-nano-banana-2.1";
    }

    @Override
    public MappingBuilder paidRequest() {
        return post(urlEqualTo("/v1beta/models/gemini-nano-banana-2.1:generateContent"));
    }

    @Override
    public String image(DialectStub stub, byte[] image) {
        return response(part(image));
    }

    @Override
    public String withoutImage() {
        return response("{'text': 'A poster of a café in spring.'}");
    }

    static String part(byte[] image) {
        return "{'inlineData': {'mimeType': 'image/jpeg', 'data': '" + Shapes.base64(image) + "'}}";
    }

    static String thought(byte[] image) {
        return "{'thought': true, 'thoughtSignature': 'Zm9v', 'inlineData': {'mimeType': 'image/png', 'data': '"
                + Shapes.base64(image) + "'}}";
    }

    static String response(String parts) {
        return """
                {'candidates': [{'content': {'role': 'model', 'parts': [%s]}, 'finishReason': 'STOP', 'index': 0}],
                 'usageMetadata': {'promptTokenCount': 58, 'candidatesTokenCount': 1120, 'thoughtsTokenCount': 210,
                   'totalTokenCount': 1388, 'promptTokensDetails': [{'modality': 'TEXT', 'tokenCount': 58}],
                   'candidatesTokensDetails': [{'modality': 'IMAGE', 'tokenCount': 1120}]},
                 'modelVersion': 'gemini-nano-banana-2.1-001', 'responseId': 'r-1'}""".formatted(parts);
    }

    /** Nothing was generated. */
    static ResponseDefinitionBuilder blockedPrompt(String reason) {
        return Shapes.json("{'promptFeedback': {'blockReason': '" + reason + "'}, 'usageMetadata': {}}");
    }

    /** With an image at times, which is not to be kept. */
    static ResponseDefinitionBuilder finished(String reason, String content) {
        return Shapes.json("{'candidates': [{" + content + "'finishReason': '" + reason
                + "', 'finishMessage': 'Unable to show the image.'}]}");
    }

    static ResponseDefinitionBuilder error(int code, String status, String details) {
        return Shapes.json(code, "{'error': {'code': " + code + ", 'message': 'Something went wrong.', 'status': '"
                + status + "', 'details': [" + details + "]}}");
    }

    static String retryInfo(String delay) {
        return "{'@type': 'type.googleapis.com/google.rpc.RetryInfo', 'retryDelay': '" + delay + "'}";
    }

    static String quota(String id) {
        return "{'@type': 'type.googleapis.com/google.rpc.QuotaFailure', 'violations': [{'quotaId': '" + id + "'}]}";
    }

    static String reason(String reason) {
        return "{'@type': 'type.googleapis.com/google.rpc.ErrorInfo', 'reason': '" + reason + "'}";
    }
}
