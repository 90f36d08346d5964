package com.kt.event.content;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import javax.imageio.ImageIO;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.recommendation.Style;

/** A scriptable image API. By default it returns an image for each style. */
public class ImageApiStub {
    private static final String PATH = "/v1/images/generations";
    /** Not those of the watch, which asks for models. */
    private static final String DOWNLOADS = "/(?!v1/models).*";

    private final HeldBack heldBack = new HeldBack();
    private final WireMockServer server = new WireMockServer(options().dynamicPort().extensions(heldBack));

    void start() {
        server.start();
        drawsEverything();
    }

    void stop() {
        heldBack.release();
        server.stop();
    }

    public String url() {
        return server.baseUrl() + "/v1";
    }

    public void drawsEverything() {
        heldBack.release();
        server.resetAll();
        drawsAgain();
    }

    /** Returns images again, without a reset: it may be called while calls arrive, and keeps their count. */
    public void drawsAgain() {
        for (Style style : Style.values()) {
            answers(style, aResponse().withStatus(200).withHeader("Content-Type", "application/json")
                    .withBody(image(png(style))));
        }
    }

    /** Holds back the image of this style until it is released. The call counts at once. */
    public void holdsBack(Style style) {
        heldBack.hold();
        heldBack(style);
    }

    /** Holds back the images of all styles. */
    public void holdsBackEverything() {
        heldBack.hold();
        for (Style style : Style.values()) {
            heldBack(style);
        }
    }

    /** Sends the responses that are held back, and holds back no others. */
    public void release() {
        heldBack.release();
    }

    private void heldBack(Style style) {
        server.stubFor(post(urlEqualTo(PATH)).withRequestBody(prompt(style))
                .withServeEventListener(HeldBack.NAME, Parameters.empty())
                .willReturn(aResponse().withBody(image(png(style)))));
    }

    public void answers(Style style, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(PATH)).withRequestBody(prompt(style)).willReturn(answer));
    }

    public void answersEverything(ResponseDefinitionBuilder answer) {
        for (Style style : Style.values()) {
            answers(style, answer);
        }
    }

    /** Responds with the URL of an image, which the stub serves itself. */
    public void answersWithUrl(Style style, byte[] image) {
        server.stubFor(get(urlEqualTo(imagePath(style))).willReturn(aResponse().withBody(image)));
        answersWithAddress(style, imageUrl(style));
    }

    public void answersWithRedirect(Style style, String target) {
        server.stubFor(
                get(urlEqualTo("/moved")).willReturn(aResponse().withStatus(302).withHeader("Location", target)));
        answersWithAddress(style, server.baseUrl() + "/moved");
    }

    /** Responds with a URL that redirects {@code hops} times before it leads to the image. */
    public void answersWithRedirects(Style style, int hops) {
        for (int left = hops; left > 0; left--) {
            String target = left == 1 ? imagePath(style) : "/hop" + (left - 1);
            server.stubFor(get(urlEqualTo("/hop" + left))
                    .willReturn(aResponse().withStatus(left % 2 == 0 ? 300 : 307).withHeader("Location", target)));
        }
        answersWithAddress(style, server.baseUrl() + "/hop" + hops);
    }

    public void answersWithMissingImage(Style style) {
        server.stubFor(get(urlEqualTo(imagePath(style))).willReturn(aResponse().withStatus(404)));
        answersWithAddress(style, imageUrl(style));
    }

    /** Precedes the response to the download of the image by these. */
    public void hasTheImageOnlyAfter(Style style, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            server.stubFor(get(urlEqualTo(imagePath(style))).inScenario("image")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "" + i).willSetStateTo("" + (i + 1))
                    .willReturn(answers[i]));
        }
    }

    public LoggedRequest lastDownload() {
        List<LoggedRequest> downloads = server.findAll(getRequestedFor(urlMatching(DOWNLOADS)));
        return downloads.get(downloads.size() - 1);
    }

    public String imageUrl(Style style) {
        return server.baseUrl() + imagePath(style);
    }

    private static String imagePath(Style style) {
        return "/images/" + style.key() + ".png?signature=a%2Fb";
    }

    private void answersWithAddress(Style style, String address) {
        answers(style, aResponse().withBody("{\"data\": [{\"url\": \"" + address + "\"}]}"));
    }

    public int downloads() {
        return server.countRequestsMatching(getRequestedFor(urlMatching(DOWNLOADS)).build()).getCount();
    }

    public int calls() {
        return server.countRequestsMatching(postRequestedFor(urlEqualTo(PATH)).build()).getCount();
    }

    public int calls(Style style) {
        return requests(style).size();
    }

    public List<LoggedRequest> requests(Style style) {
        return server.findAll(postRequestedFor(urlEqualTo(PATH)).withRequestBody(prompt(style)));
    }

    public static String image(byte[] bytes) {
        return "{\"created\": 1, \"data\": [{\"b64_json\": \"" + Base64.getEncoder().encodeToString(bytes)
                + "\", \"revised_prompt\": \"봄\"}]}";
    }

    /** A valid image, different for each style. */
    public static byte[] png(Style style) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        int colour = Color.getHSBColor(style.ordinal() / 3f, 1, 1).getRGB();
        for (int i = 0; i < 64; i++) {
            image.setRGB(i, i, colour);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Holds back responses until they are released. */
    private static final class HeldBack implements ServeEventListener {
        static final String NAME = "held-back";

        private volatile CountDownLatch gate = new CountDownLatch(0);

        void hold() {
            if (gate.getCount() == 0) {
                gate = new CountDownLatch(1);
            }
        }

        void release() {
            gate.countDown();
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public void beforeResponseSent(ServeEvent call, Parameters none) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StringValuePattern prompt(Style style) {
        return matchingJsonPath("$.prompt", containing("Style: " + style.key() + "\n"));
    }
}
