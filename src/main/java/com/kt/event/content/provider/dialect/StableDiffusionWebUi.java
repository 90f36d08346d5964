package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
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
import com.kt.event.content.provider.Usage;

import io.smallrye.mutiny.Uni;

/**
 * AUTOMATIC1111's Stable Diffusion WebUI and Forge, on a GPU of one's own. Source:
 * AUTOMATIC1111/stable-diffusion-webui, modules/api. The model is the checkpoint; if none is set, the one that is loaded
 * generates. The quality is the number of steps. The key is a user and a password with a colon between them.
 */
@ApplicationScoped
class StableDiffusionWebUi implements ImageProvider {
    private static final Pattern PIXELS = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");
    private static final Pattern MODEL_NAME = Pattern.compile("\"sd_model_name\"\\s*:\\s*\"([^\"\\\\]{1,200})\"");
    private static final Pattern STEPS = Pattern.compile("[1-9]\\d{0,2}");
    /** The default there is 50, which takes twice as long and looks the same with most checkpoints. */
    private static final int STEPS_DEFAULT = 25;

    @Override
    public String type() {
        return "stable-diffusion-webui";
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        Stream<String> size = Stream.of(config.size()).filter(it -> !it.equals("auto") && !PIXELS.matcher(it).matches())
                .map(it -> "size must be auto or WIDTHxHEIGHT");
        Stream<String> quality = config.quality().filter(it -> !STEPS.matcher(it).matches()).stream()
                .map(it -> "quality must be a number of steps from 1 to 999");
        Stream<String> key = config.key().filter(it -> !it.contains(":")).stream()
                .map(it -> "key must be a user and a password with a colon between them");
        return Stream.of(size, quality, key, Settings.faultsOfOptions(config, Settings.QUALITY)).flatMap(it -> it)
                .toList();
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        ProviderRequest post = ProviderRequest.postJson(address(config, "/txt2img"), call.json(body(request, config)));
        return call.send(withKey(post, config), new Image());
    }

    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        ProviderRequest get = withKey(ProviderRequest.get(address(call.config(), "/sd-models")), call.config());
        Uni<ProviderStatus> status = call.config().model().isBlank()
                ? ModelLookUp.ofKey(get, call, "the checkpoint that is loaded generates")
                : ModelLookUp.byList(get, call, StableDiffusionWebUi::hasCheckpoint);
        return status.onFailure(ModelLookUp::isModelFault)
                .transform(noList -> StableDiffusionWebUiErrors.noApi());
    }

    /** A checkpoint may be named with its file's extension and its hash, or without. */
    private static boolean hasCheckpoint(JsonNode models, String name) {
        return Json.list(models).stream()
                .flatMap(model -> Stream.of("title", "model_name", "filename", "hash", "sha256")
                        .map(field -> model.path(field).asText("")))
                .anyMatch(text -> text.equals(name) || text.startsWith(name + " [") || text.endsWith("/" + name)
                        || (text + ".safetensors").equals(name) || (text + ".ckpt").equals(name));
    }

    private static HttpAddress address(ProviderConfig config, String path) {
        return config.url().withVersion("/sdapi/v1").below(path);
    }

    private static ProviderRequest withKey(ProviderRequest request, ProviderConfig config) {
        return config.key().map(key -> request.header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))).orElse(request);
    }

    private static Map<String, Object> body(ImageRequest request, ProviderConfig config) {
        Matcher size = PIXELS.matcher(Settings.size(config, request));
        Map<String, Object> body = new TreeMap<>(Map.of("prompt", request.prompt(), "batch_size", 1, "n_iter", 1,
                "steps", config.quality().map(Integer::valueOf).orElse(STEPS_DEFAULT),
                "send_images", true, "save_images", false));
        if (size.matches()) {
            body.put("width", Integer.valueOf(size.group(1)));
            body.put("height", Integer.valueOf(size.group(2)));
        }
        if (!config.model().isBlank()) {
            body.put("override_settings", Map.of("sd_model_checkpoint", config.model()));
            // Loading the other checkpoint again would take many seconds, for each image.
            body.put("override_settings_restore_afterwards", false);
        }
        return body;
    }

    private static final class Image implements ProviderCall.Reading<ResponseImage> {
        @Override
        public ResponseImage read(ProviderResponse response) throws IOException {
            JsonNode body = response.read(JsonNode.class);
            if (Moderation.isFilled(body.get("error"))) {
                throw response.failure(body);
            }
            // The first one may be a grid of all.
            String image = Json.list(body.path("images")).stream().map(Json::text).filter(text -> text != null)
                    .reduce((grid, last) -> last).orElseThrow(() -> response.noImage(Json.fields(body)));
            return response.image(image).withModel(model(body.path("info").asText()))
                    .withUsage(Usage.UNKNOWN.withUnit(Usage.SECONDS,
                            Json.amount(response.header("x-process-time"))));
        }

        /** The info is JSON in a text. */
        private static String model(String info) {
            Matcher name = MODEL_NAME.matcher(info);
            return name.find() ? name.group(1) : null;
        }

        @Override
        public ImageFailure failure(ProviderResponse response) {
            return StableDiffusionWebUiErrors.failure(response);
        }
    }
}
