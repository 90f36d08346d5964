package com.kt.event.content.provider.dialect;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** What the tests over HTTP need of the fixtures, which are in another package. */
public final class DialectsHttp {
    /** The name of Replicate, whose calls have an id. */
    public static final String WITH_IDS = DialectStandIns.name(2);
    /** Of a prediction of Replicate. */
    public static final String ID = ReplicateFixture.ID;

    private DialectsHttp() {
    }

    /** The index of each provider of {@link DialectStandIns}. */
    public static Stream<Integer> indexes() {
        return IntStream.range(0, DialectStandIns.DIALECTS.size()).boxed();
    }

    /** The name that is configured. */
    public static String name(int index) {
        return DialectStandIns.name(index);
    }

    /** Lets this provider generate an image, and all others be busy. */
    public static void onlyDraws(int index, DialectStub stub) {
        stub.isBusy();
        DialectStandIns.DIALECTS.get(index).draws(stub, Shapes.png());
    }

    /** Lets Replicate answer these, one after the other, to those that ask for the prediction, and the first provider draw. */
    public static void predicts(DialectStub stub, ResponseDefinitionBuilder... outcomes) {
        onlyDraws(0, stub);
        new ReplicateFixture().prepare(stub);
        stub.serves(Shapes.png());
        stub.answersInTurn(new ReplicateFixture().imageRequest(), outcomes);
    }

    /** A prediction that has succeeded. */
    public static ResponseDefinitionBuilder succeeded(DialectStub stub) {
        return Shapes.json(new ReplicateFixture().image(stub, Shapes.png()));
    }

    /** A prediction that has failed. */
    public static ResponseDefinitionBuilder failed(String error) {
        return Shapes.json(ReplicateFixture.failed(error));
    }

    /** How often Replicate was asked for the prediction. */
    public static long inquiries(DialectStub stub) {
        return stub.gets().stream().filter(request -> request.getUrl().endsWith("/predictions/" + ID)).count();
    }

    /** How many predictions were requested, and paid. */
    public static long paid(DialectStub stub) {
        return stub.posts().stream().filter(request -> request.getUrl().endsWith("/predictions")).count();
    }

    /** As {@link #onlyDraws}, of the provider that is asked after all others. */
    public static void lastDraws(DialectStub stub) {
        onlyDraws(DialectStandIns.DIALECTS.size() - 1, stub);
    }

    /** The first provider withholds its image. */
    public static void firstRefuses(DialectStub stub) {
        stub.isBusy();
        stub.answers(new GeminiFixture().paidRequest(), GeminiFixture.finished("IMAGE_SAFETY", ""));
    }

    /** What {@link #onlyDraws} generates. */
    public static byte[] image() {
        return Shapes.png();
    }
}
