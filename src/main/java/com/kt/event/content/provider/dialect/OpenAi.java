package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The OpenAI Images API, which LocalAI and most gateways speak as well. */
@ApplicationScoped
class OpenAi implements ImageProvider {
    private static final String MODE = "mode";
    private static final String BACKGROUND = "background";

    @Override
    public String type() {
        return "openai";
    }

    @Override
    public Optional<String> defaultUrl() {
        return Optional.of("https://api.openai.com/v1");
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        Stream<String> mode = config.option(MODE).filter(it -> !it.equals(BACKGROUND)).stream()
                .map(it -> MODE + " must be " + BACKGROUND + ", if it is set");
        Stream<String> textModel = Stream.of(OpenAiBackground.TEXT_MODEL)
                .filter(name -> isInBackground(config) != config.option(name).isPresent())
                .map(name -> name + " must be set if " + MODE + " is " + BACKGROUND + ", and only then");
        return Stream
                .of(Settings.faults(config, Settings.QUALITY, Settings.FORMAT, MODE, OpenAiBackground.TEXT_MODEL)
                        .stream(), mode,
                        textModel)
                .flatMap(faults -> faults).toList();
    }

    private static boolean isInBackground(ProviderConfig config) {
        return config.option(MODE).equals(Optional.of(BACKGROUND));
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        if (isInBackground(config)) {
            return OpenAiBackground.generate(request, call);
        }
        GenerationRequest body = new GenerationRequest(config.model(), request.prompt(), 1,
                Settings.size(config, request), config.quality().orElse(null), Settings.format(config).orElse(null));
        return call.send(
                ProviderRequest.postJson(address(config, "/images/generations"), call.json(body)).bearer(config),
                OpenAi::image);
    }

    @Override
    public Uni<ResponseImage> resume(String id, ProviderCall call) {
        return OpenAiBackground.resume(id, call);
    }

    /** Many gateways only have the list of models, or neither. */
    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        ProviderConfig config = call.config();
        return ModelLookUp.byAddress(get(config, "/models/" + Settings.segment(config.model())), call)
                .onFailure(ModelLookUp::isNotFound).recoverWithNull()
                .chain(status -> status != null && status.knowsModel().orElse(false)
                        ? Uni.createFrom().item(status)
                        : ModelLookUp.byList(get(config, "/models"), call, OpenAi::lists)
                                .onFailure(ModelLookUp::isNotFound)
                                .recoverWithItem(ProviderStatus.NOTHING.withRemark("it has no list of models")));
    }

    private static boolean lists(JsonNode models, String name) {
        return Json.list(models.path("data")).stream().anyMatch(model -> model.path("id").asText("").equals(name));
    }

    private static ProviderRequest get(ProviderConfig config, String path) {
        return ProviderRequest.get(address(config, path)).bearer(config);
    }

    static HttpAddress address(ProviderConfig config, String path) {
        return config.url("/v1").below(path);
    }

    /** Shared by the APIs with the same response. */
    static ResponseImage image(ProviderResponse response) throws IOException {
        GenerationResponse body = response.read(GenerationResponse.class);
        if (Moderation
                .isWithheld(Stream.concat(Stream.of(body.rest()), body.items().map(GenerationResponse.Item::rest)))) {
            throw ImageFailure.refused("the image API's moderation withheld the image");
        }
        body.error().ifPresent(error -> {
            throw response.failure(error);
        });
        GenerationResponse.Item item = body.image().orElseThrow(() -> response.noImage(body.rest()));
        ResponseImage image = item.base64() != null ? response.image(item.base64()) : response.imageAt(item.url());
        return image.withModel(text(body.rest(), "model")).withUsage(usage(body.rest().get("usage")));
    }

    private static String text(Map<String, JsonNode> fields, String name) {
        JsonNode value = fields.get(name);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    private static Usage usage(JsonNode usage) {
        return usage == null
                ? Usage.UNKNOWN
                : new Usage(Json.count(usage.path("input_tokens")), Json.count(usage.path("output_tokens")));
    }
}
