package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.StandIns;
import com.kt.event.content.provider.dialect.DialectStandIns;
import com.kt.event.content.provider.dialect.DialectStub;
import com.kt.event.content.provider.dialect.DialectsHttp;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** From the request to the image, with a provider of each kind. All but one are busy, so that calls move on to that one. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(DialectStandIns.class)
class DialectsHttpTest extends HttpSuite {
    DialectStub stub;

    static Stream<Integer> providers() {
        return DialectsHttp.indexes();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anyKindOfProviderGeneratesTheImages(int index) {
        recommend(FLAT);
        DialectsHttp.onlyDraws(index, stub);

        String job = completes();

        for (Style style : Style.values()) {
            assertThat(when().get(link(job, style)).asByteArray()).isEqualTo(DialectsHttp.image());
        }
        assertThat(stub.posts()).as("paid requests, and those that were refused").hasSizeGreaterThanOrEqualTo(3);
    }

    /** All sizes are auto. The largest channel is a story. */
    @Test
    void theSizeThatIsAskedForSuitsTheLargestChannel() {
        recommend(FLAT);
        DialectsHttp.lastDraws(stub);

        completes();

        List<String> bodies = stub.posts().stream().map(LoggedRequest::getBodyAsString).toList();
        assertThat(bodies).anySatisfy(body -> assertThat(body).contains("\"size\":\"1088x1920\""))
                .anySatisfy(body -> assertThat(body).contains("\"aspectRatio\":\"9:16\""));
    }

    @Test
    void aRefusalIsNotAppealedAtTheNextProvider() {
        recommend(FLAT);
        DialectsHttp.firstRefuses(stub);

        String job = generate().then().statusCode(202).extract().path("jobId");

        ends(job, "FAILED");
        when().get("/api/content/images/jobs/" + job).then().body("styles.error.code",
                everyItem(is("IMAGE_REJECTED")));
    }
}
