package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Builds the failure that a response means, and checks it. */
abstract class ImageApiFailuresSuite {
    static ImageFailure failureOf(int status, String body) {
        return ImageApiFailures.of(status, name -> null, body);
    }

    static ImageFailure failureOf(Response response) {
        String body = response.hasEntity() ? response.getEntity().toString() : "";
        return ImageApiFailures.of(response.getStatus(), response::getHeaderString, body);
    }

    static Response response(int status) {
        return Response.status(status).build();
    }

    static Response response(int status, String retryAfter) {
        return Response.status(status).header("Retry-After", retryAfter).build();
    }

    static String json(String body) {
        return body.replace("\\'", "\u2019").replace('\'', '"').replace('\u2019', '\'');
    }

    static void assertMeans(ImageFailure failure, Reason reason, Billing trace) {
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.billing()).isEqualTo(trace);
    }

    static void assertOperator(ImageFailure failure, OperatorFault fault) {
        assertThat(failure).isInstanceOfSatisfying(ImageFailure.Operator.class,
                it -> assertThat(it.fault()).isEqualTo(fault));
        assertThat(failure.billing()).as("nothing was made").isEqualTo(Billing.NONE);
    }
}
