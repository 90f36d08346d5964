package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.Moderation;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ProviderStatus;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * Stability AI's REST API v2beta, {@code stable-image/generate}. The model is {@code core}, {@code ultra}, {@code sd3}, or
 * one of the latter's own models, such as {@code sd3.5-large}. It has no sizes in pixels, and no quality.
 */
@ApplicationScoped
class Stability implements ImageProvider {
    @Override
    public String type() {
        return "stability";
    }

    @Override
    public Optional<String> defaultUrl() {
        return Optional.of("https://api.stability.ai");
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        return Settings.faults(config, Settings.FORMAT);
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        Map<String, String> fields = new TreeMap<>(Map.of("prompt", request.prompt(),
                "aspect_ratio", Settings.size(config, request), "output_format",
                Settings.format(config).orElse("png")));
        String model = config.model().toLowerCase(Locale.ROOT);
        if (model.startsWith("sd3") && !model.equals("sd3")) {
            fields.put("model", model);
        }
        // A JSON body is refused.
        String boundary = UUID.randomUUID().toString();
        ProviderRequest post = ProviderRequest.post(address(config, model.startsWith("sd3") ? "sd3" : model),
                "multipart/form-data; boundary=" + boundary, form(fields, boundary));
        return call.send(post.bearer(config), Stability::image);
    }

    /** The account is in an older version of the API. */
    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        HttpAddress url = call.config().url();
        String root = url.target().replaceFirst("/v\\d\\w*/?$", "").replaceFirst("/$", "");
        return call.send(ProviderRequest.get(url.resolve(root + "/v1/user/balance")).bearer(call.config()),
                Stability::balance);
    }

    /** Its list of engines is that of an older version, which does not have the present models. */
    private static ProviderStatus balance(ProviderResponse response) throws IOException {
        JsonNode credits = response.read(JsonNode.class).path("credits");
        if (credits.isNumber() && credits.decimalValue().signum() <= 0) {
            throw new ImageFailure.Operator(OperatorFault.MONEY, "no credits are left", null);
        }
        String left = Json.amount(credits) == null ? "" : ", " + Json.amount(credits).toPlainString() + " credits left";
        return ProviderStatus.of(response).withRemark("its models cannot be asked for" + left);
    }

    private static HttpAddress address(ProviderConfig config, String service) {
        return config.url().withVersion("/v2beta").below("/stable-image/generate/" + Settings.segment(service));
    }

    private static Buffer form(Map<String, String> fields, String boundary) {
        Buffer form = Buffer.buffer();
        fields.forEach((name, value) -> form.appendString("--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        return form.appendString("--" + boundary + "--\r\n");
    }

    private static ResponseImage image(ProviderResponse response) throws IOException {
        JsonNode body = response.read(JsonNode.class);
        List<JsonNode> parts = Stream.concat(Stream.of(body), Json.list(body.path("artifacts")).stream()).toList();
        // The image is blurred then.
        if (Moderation.isWithheld(parts.stream().map(Json::fields))
                || "CONTENT_FILTERED".equalsIgnoreCase(response.header("finish-reason"))) {
            throw ImageFailure.refused("the image API's moderation withheld the image");
        }
        if (Moderation.isFilled(body.get("error")) || Moderation.isFilled(body.get("errors"))) {
            throw response.failure(body);
        }
        String image = parts.stream().flatMap(part -> Stream.of(part.path("image"), part.path("base64")))
                .map(Json::text).filter(text -> text != null).reduce((draft, last) -> last)
                .orElseThrow(() -> response.noImage(Json.fields(body)));
        return response.image(image);
    }
}
