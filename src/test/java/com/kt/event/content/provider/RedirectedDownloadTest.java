package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.generator.ImageUnavailableException.Reason;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Addresses that redirect. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(ImageDownloadSuite.PrivateAddressesAllowed.class)
class RedirectedDownloadTest extends ImageDownloadSuite {
    @Test
    void followsAsManyRedirectsAsABrowserWould() {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirects(Style.FANCY, 20);

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));

        stub.answersWithRedirects(Style.FANCY, 21);

        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/fancy.png?signature=a%2Fb", "images/./x/../fancy.png?signature=a%2Fb#top",
            " //localhost:PORT/images/fancy.png?signature=a%2Fb",
            "HTTP:\\\\localhost:PORT\\images/fancy.png?signature=a%2Fb"})
    void followsARedirectAsABrowserWould(String target) {
        stub.answersWithUrl(Style.FANCY, ImageApiStub.png(Style.FANCY));
        stub.answersWithRedirect(Style.FANCY,
                target.replace("PORT", "" + HttpAddress.of(stub.imageUrl(Style.FANCY)).port()));

        assertThat(generate()).isEqualTo(ImageApiStub.png(Style.FANCY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "/moved", "http://", "http://not a host/"})
    void followsNoRedirectThatLeadsNowhere(String target) {
        stub.answersWithRedirect(Style.FANCY, target);

        assertThat(failure().reason()).isEqualTo(Reason.INVALID);
    }
}
