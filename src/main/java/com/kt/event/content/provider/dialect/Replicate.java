package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ProviderStatus;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;
import com.kt.event.content.provider.model.ImageModels;

import io.smallrye.mutiny.Uni;

/**
 * Replicate's predictions. A request is answered at once with the id of a prediction, which is recorded before anything
 * else, so that its outcome can be asked for. The model is {@code owner/name}, or a version with or without that in front.
 */
@ApplicationScoped
class Replicate implements ImageProvider {
    private static final Pattern PIXELS = Pattern.compile("(\\d+)x(\\d+)");
    private static final Pattern VERSION = Pattern.compile("version (or|does not)|not permitted|specified version",
            Pattern.CASE_INSENSITIVE);
    /** There is no code: these are the texts that models fail with. */
    private static final Pattern REFUSAL = Pattern
            .compile("nsfw|flagged as sensitive|\\bE005\\b|content policy|safety", Pattern.CASE_INSENSITIVE);

    @Override
    public String type() {
        return "replicate";
    }

    @Override
    public Optional<String> defaultUrl() {
        return Optional.of("https://api.replicate.com");
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        return Settings.faults(config, Settings.FORMAT);
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        Map<String, Object> body = new TreeMap<>(Map.of("input", input(request, config)));
        String model = config.model();
        boolean isVersion = !model.contains("/") || model.contains(":");
        if (isVersion) {
            body.put("version", model.substring(model.indexOf(':') + 1));
        }
        String path = isVersion ? "/predictions" : "/models/" + path(model) + "/predictions";
        // Without "Prefer: wait", which would hold the id back until the image is made.
        ProviderRequest post = ProviderRequest.postJson(address(config, path), call.json(body)).bearer(config);
        return call.send(post, new Started())
                .chain(id -> call.recordId(id).chain(() -> polling(id, call).outcomeLater()));
    }

    @Override
    public Uni<ResponseImage> resume(String id, ProviderCall call) {
        return polling(id, call).outcome();
    }

    /** A version alone does not say whose it is, so only the key is checked then. */
    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        String[] model = call.config().model().split(":");
        if (!model[0].contains("/")) {
            return ModelLookUp.ofKey(get(address(call.config(), "/account"), call), call,
                    "a version without its owner and name cannot be asked for");
        }
        String version = model.length > 1 ? "/versions/" + Settings.segment(model[1]) : "";
        return ModelLookUp.byAddress(get(address(call.config(), "/models/" + path(model[0]) + version), call), call);
    }

    private static ProviderRequest get(HttpAddress address, ProviderCall call) {
        return ProviderRequest.get(address).bearer(call.config());
    }

    /** At the configured address: one in the response could lead the key elsewhere. */
    private static Polling polling(String id, ProviderCall call) {
        HttpAddress address = address(call.config(), "/predictions/" + Settings.segment(id));
        return new Polling(call, () -> get(address, call), Replicate::image);
    }

    private static HttpAddress address(ProviderConfig config, String path) {
        return config.url().withVersion("/v1").below(path);
    }

    private static String path(String model) {
        return Stream.of(model.split("/")).map(Settings::segment).reduce((owner, name) -> owner + "/" + name)
                .orElseThrow();
    }

    private static Map<String, Object> input(ImageRequest request, ProviderConfig config) {
        Map<String, Object> input = new TreeMap<>(ImageModels.input(config.type(), config.model()));
        input.put("prompt", request.prompt());
        String size = Settings.size(config, request);
        Matcher pixels = PIXELS.matcher(size);
        if (pixels.matches()) {
            input.put("width", Integer.valueOf(pixels.group(1)));
            input.put("height", Integer.valueOf(pixels.group(2)));
        } else {
            input.put("aspect_ratio", size);
        }
        // Its models write "jpg".
        Settings.format(config).ifPresent(format -> input.put("output_format", format.replace("jpeg", "jpg")));
        return input;
    }

    /** Null while the image is being generated. */
    private static ResponseImage image(ProviderResponse response, JsonNode prediction) throws IOException {
        return switch (prediction.path("status").asText("")) {
            case "succeeded", "successful" -> made(response, prediction);
            case "failed" -> throw failed(prediction.path("error").asText(""));
            // Before it started, and so not charged.
            case "aborted" -> throw ImageFailure.busy("the prediction was aborted before it started", null);
            case "canceled" -> throw ImageFailure.unknown(ImageFailure.Reason.ERROR, "the prediction was cancelled");
            default -> null;
        };
    }

    private static ResponseImage made(ProviderResponse response, JsonNode prediction) throws IOException {
        JsonNode output = prediction.path("output");
        List<String> images = texts(output).toList();
        if (images.isEmpty()) {
            throw output.isNull() || prediction.path("data_removed").asBoolean()
                    ? ImageFailure.invalid("the prediction's image was removed already")
                    : ImageFailure.refused("the prediction succeeded without an image");
        }
        return response.imageAt(images.get(images.size() - 1)).withModel(Json.text(prediction.path("model")))
                .withUsage(usage(prediction.path("metrics")));
    }

    /** Its models are charged by time, or by image. */
    private static Usage usage(JsonNode metrics) {
        return Usage.UNKNOWN.withUnit(Usage.SECONDS, Json.amount(metrics.path("predict_time")))
                .withUnit(Usage.IMAGES, Json.amount(metrics.path("image_count")));
    }

    private static Stream<String> texts(JsonNode output) {
        return output.isContainerNode()
                ? output.valueStream().flatMap(Replicate::texts)
                : Stream.of(output).map(Json::text).filter(text -> text != null);
    }

    /** The error quotes the prompt at times. */
    private static ImageFailure failed(String error) {
        return REFUSAL.matcher(error).find()
                ? ImageFailure.refused("the model's moderation refused the prompt")
                : new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Billing.UNLIKELY, "the prediction failed");
    }

    /** Reads the id of the prediction. */
    private static final class Started implements ProviderCall.Reading<String> {
        @Override
        public String read(ProviderResponse response) throws IOException {
            JsonNode prediction = response.read(JsonNode.class);
            String id = Json.id(prediction.path("id"));
            if (id == null) {
                throw response.noImage(Json.fields(prediction));
            }
            return id;
        }

        /** The same status as for invalid input. */
        @Override
        public ImageFailure failure(ProviderResponse response) {
            return response.status() == 422 && VERSION.matcher(response.errorText()).find()
                    ? new ImageFailure.Operator(OperatorFault.MODEL, "Replicate does not have the version", null)
                    : response.failure();
        }
    }
}
