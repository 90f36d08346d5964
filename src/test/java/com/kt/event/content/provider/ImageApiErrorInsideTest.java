package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Responses with status 200 that hold an error, or no image. */
class ImageApiErrorInsideTest extends ImageApiFailuresSuite {
    @Test
    void classifiesAnErrorInsideAGoodResponseByTheSameTable() throws IOException {
        assertOperator(inside("{'code': 'insufficient_quota'}"), OperatorFault.MONEY);
        assertOperator(inside("{'code': 401}"), OperatorFault.KEY);
        assertMeans(inside("{'code': 'rate_limit_exceeded'}"), Reason.ERROR, Billing.NONE);
        assertMeans(inside("{'code': 503, 'message': 'no'}"), Reason.ERROR, Billing.NONE);
        assertMeans(inside("{'type': 'server_error'}"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(inside("'something broke'"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(inside("{'code': 504}"), Reason.TIMEOUT, Billing.POSSIBLE);
        assertThat(inside("{'code': 'moderation_blocked'}").reason()).isEqualTo(Reason.REJECTED);
        assertThat(inside("{'type': 'invalid_request_error', 'message': 'no'}"))
                .isInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void keepsTheRetryAfterOfAnErrorInsideAGoodResponse() throws IOException {
        assertThat(ImageApiFailures.ofErrorInside(new ObjectMapper().readTree("{\"code\": \"rate_limit_exceeded\"}"),
                200, Map.of("retry-after", "30")::get).retryAfter()).contains(Duration.ofSeconds(30));
    }

    private static ImageFailure inside(String error) throws IOException {
        return ImageApiFailures.ofErrorInside(new ObjectMapper().readTree(json(error)), 200, name -> null);
    }

    @Test
    void findsAnErrorInAResponseWithoutAnImage() throws IOException {
        assertOperator(insteadOfAnImage("{'code': 'insufficient_quota', 'message': 'x'}"), OperatorFault.MONEY);
        assertOperator(insteadOfAnImage("{'code': 401, 'msg': 'x'}"), OperatorFault.KEY);
        assertOperator(insteadOfAnImage("{'code': 'InvalidApiKey', 'request_id': 'x'}"), OperatorFault.KEY);
        assertOperator(insteadOfAnImage("{'detail': {'code': 'model_not_found'}}"), OperatorFault.MODEL);
        assertOperator(insteadOfAnImage("{'success': false, 'message': 'Insufficient balance'}"),
                OperatorFault.MONEY);
        assertMeans(insteadOfAnImage("{'code': '429'}"), Reason.ERROR, Billing.NONE);
        assertThat(insteadOfAnImage("{'code': 400}")).isInstanceOf(ImageFailure.Permanent.class);
        assertMeans(insteadOfAnImage("{'type': 'server_error'}"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(insteadOfAnImage("{'code': 504}"), Reason.TIMEOUT, Billing.POSSIBLE);
        assertThat(insteadOfAnImage("{'code': 'DataInspectionFailed'}").reason()).isEqualTo(Reason.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'created': 1, 'usage': {'total_tokens': 0}}", "{'code': 200, 'message': 'success'}",
            "{'code': 0, 'msg': 'ok', 'status': 'succeeded'}", "{'prompt': 'Invalid API key', 'x': {'code': 401}}",
            "{'message': 'made: insufficient quota of cake'}"})
    void takesAResponseWithoutImageAndErrorForInvalid(String fields) throws IOException {
        assertMeans(insteadOfAnImage(fields), Reason.INVALID, Billing.POSSIBLE);
    }

    private static ImageFailure insteadOfAnImage(String fields) throws IOException {
        return ImageApiFailures.ofNoImage(new ObjectMapper().readValue(json(fields), new TypeReference<>() {
        }), 200, name -> null);
    }
}
