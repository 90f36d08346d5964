package com.kt.event.content.generator;

import java.util.Map;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Uni;

/** Generates the image of a recommendation in a style. Calls are repeated for as long as none can have been billed. */
@ApplicationScoped
public class ImageGenerator {
    private final Map<Style, StyleConfig.StylePrompt> prompts;
    private final ImageClient client;
    private final PaidCalls calls;
    private final RetrySchedule retries;

    ImageGenerator(StyleConfig config, ImageClient client, PaidCalls calls, RetrySchedule retries) {
        this.prompts = config.styles();
        this.client = client;
        this.calls = calls;
        this.retries = retries;
    }

    /**
     * Generates an image and stores it. While the provider refuses calls this goes on until the subscriber cancels it. Fails
     * with {@link ImageUnavailableException}, and as the ledger and {@code store} do.
     *
     * @param store stores the image, which counts as one that is being received until then
     */
    public <T> Uni<T> generate(Recommendation recommendation, Style style, CallLedger ledger,
            Function<GeneratedImage, Uni<T>> store) {
        ImageClient.Request request = client.newRequest(prompts.get(style).prompt().fill(recommendation));
        return retries.resume(ledger)
                .chain(() -> retries.retry(calls.send(request, ledger), ledger))
                .chain(request::receive)
                .onFailure(ImageFailure.class).transform(ImageUnavailableException::of)
                .map(image -> new GeneratedImage(image.format().extension(), image.bytes()))
                .chain(store::apply)
                .onTermination().invoke(request::close);
    }
}
