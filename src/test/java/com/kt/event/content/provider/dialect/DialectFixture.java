package com.kt.event.content.provider.dialect;

import java.util.Map;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** How one kind of image API is configured, asked and answers. */
interface DialectFixture {
    String type();

    String model();

    /** The members of the configuration beside those that all have. */
    default Map<String, String> options() {
        return Map.of();
    }

    /** The paid request. */
    MappingBuilder paidRequest();

    /** The request whose response holds the image; the paid one as a rule. */
    default MappingBuilder imageRequest() {
        return paidRequest();
    }

    /** Answers what precedes the response with the image. */
    default void prepare(DialectStub stub) {
    }

    /** The JSON of a response with an image. Single quotes stand for double ones. */
    String image(DialectStub stub, byte[] image);

    /** A response that says that all is well, and has no image. */
    String withoutImage();

    /** Generates this image. */
    default void draws(DialectStub stub, byte[] image) {
        respondsWith(stub, Shapes.json(image(stub, image)));
    }

    default void respondsWith(DialectStub stub, ResponseDefinitionBuilder response) {
        prepare(stub);
        stub.answers(imageRequest(), response);
    }
}
