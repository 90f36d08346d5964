package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ResponseImage;

/** The base of the tests that call the stub of an image API over HTTP. */
abstract class DialectSuite {
    static final String PROMPT = "카페 봄 축제, \"A poster\"\nwith two lines";

    static DialectStub stub;

    @Inject
    DialectCalls calls;

    @BeforeAll
    static void start() {
        stub = new DialectStub();
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    @BeforeEach
    void reset() {
        stub.reset();
    }

    ProviderConfig provider(DialectFixture dialect) {
        return DialectCalls.provider(dialect.type(), stub.url(), dialect.model(), dialect.options());
    }

    ResponseImage generate(DialectFixture dialect) {
        return calls.to(provider(dialect)).generate(PROMPT);
    }

    byte[] image(DialectFixture dialect) {
        DialectCalls.Call call = calls.to(provider(dialect));
        return call.receive(call.generate(PROMPT));
    }

    ImageFailure failure(DialectFixture dialect) {
        return catchThrowableOfType(ImageFailure.class, () -> image(dialect));
    }

    CallOutcome outcome(DialectFixture dialect, ResponseDefinitionBuilder response) {
        stub.reset();
        stub.answers(dialect.paidRequest(), response);
        return failure(dialect).outcome();
    }

    static LoggedRequest paid() {
        return stub.posts().get(0);
    }
}
