package com.kt.event.content.generator;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.image.Image;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageClient;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Reason;
import com.kt.event.content.provider.Providers;
import com.kt.event.content.provider.ProvidersConfig;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.settings.ProviderSettings;

import io.smallrye.mutiny.Uni;

/** Generates the image of a recommendation in a style. Calls are repeated for as long as none can have been billed. */
@ApplicationScoped
public class ImageGenerator {
    /** What the API of this service can pass on. */
    private static final Pattern MODEL = Pattern.compile("[^\\p{Cntrl}\\p{Cf}]{1,200}");

    private final Map<Style, StyleConfig.StylePrompt> prompts;
    private final ImageClient client;
    private final PaidCalls calls;
    private final RetrySchedule retries;
    private final Providers providers;
    private final UsageMetrics metrics;
    private final boolean isModerationFallback;

    ImageGenerator(StyleConfig config, ImageClient client, PaidCalls calls, RetrySchedule retries, Providers providers,
            UsageMetrics metrics, ProvidersConfig providersConfig) {
        this.prompts = config.styles();
        this.client = client;
        this.calls = calls;
        this.retries = retries;
        this.providers = providers;
        this.metrics = metrics;
        this.isModerationFallback = providersConfig.moderationFallback();
    }

    /**
     * Generates an image and stores it. While the provider refuses calls this goes on until the subscriber cancels it. Fails
     * with {@link ImageUnavailableException}, and as the ledger and {@code store} do.
     *
     * @param store stores the image, which counts as one that is being received until then
     */
    public <T> Uni<T> generate(Recommendation recommendation, Style style, CallLedger ledger,
            Function<Image, Uni<T>> store) {
        String bound = boundTo(ledger);
        if (bound != null && providers.named(bound).isEmpty()) {
            return Uni.createFrom().failure(ImageUnavailableException.of(ImageFailure.unknown(Reason.ERROR,
                    "the last call may have been billed, and its provider '" + bound + "' is not called any more")));
        }
        CallPlan plan = new CallPlan(providers.inOrder(), isModerationFallback, ledger.refusedBy(),
                bound == null ? null : providers.named(bound).orElseThrow());
        if (plan.isRefused()) {
            return Uni.createFrom().failure(ImageUnavailableException.of(ImageFailure.refused(
                    "each provider that is called has refused it already"), plan.last().name()));
        }
        String prompt = prompt(recommendation, style);
        ImageClient.Request request = client.newRequest(prompt);
        return retries.resume(plan.last(), ledger)
                .chain(() -> retries.retry(calls.send(request, plan, ledger), plan, ledger))
                .chain(response -> {
                    ledger.made(made(plan.last(), response, prompt));
                    return request.receive(plan.last(), response);
                })
                .onFailure(ImageFailure.class)
                .transform(failure -> ImageUnavailableException.of(failure, plan.last().name()))
                .chain(store::apply)
                .onTermination().invoke(request::close);
    }

    /**
     * What is known of an image that a worker has stored before it died: what is configured.
     *
     * @param provider that was called for it
     */
    public MadeImage madeEarlier(Recommendation recommendation, Style style, String provider) {
        String prompt = prompt(recommendation, style);
        return providers.named(provider).map(api -> made(api, null, Usage.UNKNOWN, prompt, null))
                .orElseGet(() -> new MadeImage(provider, null, null, null, Usage.UNKNOWN.units(), null, prompt, null));
    }

    private String prompt(Recommendation recommendation, Style style) {
        return prompts.get(style).prompt().fill(recommendation);
    }

    /**
     * The provider that may have made the image already, and is the only one that may be called; null if there is none.
     * Instances of earlier versions did not record it: they knew only the default one.
     */
    private static String boundTo(CallLedger ledger) {
        if (!ledger.isOpen() && !ledger.hadServerError()) {
            return null;
        }
        return ledger.lastProvider() == null ? ProviderSettings.DEFAULT : ledger.lastProvider();
    }

    private MadeImage made(ImageApi api, ResponseImage response, String prompt) {
        MadeImage made = made(api, response.model(), response.usage(), prompt, response.requestId());
        metrics.made(api, response.usage(), made.cost());
        return made;
    }

    private static MadeImage made(ImageApi api, String answered, Usage usage, String prompt, String requestId) {
        String model = isName(answered) ? answered : api.model();
        return new MadeImage(api.name(), isName(model) ? model : null, usage.inputTokens(), usage.outputTokens(),
                usage.units(), api.cost(usage), prompt, requestId);
    }

    private static boolean isName(String model) {
        return model != null && MODEL.matcher(model).matches();
    }
}
