package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.provider.HttpAddress;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ProviderStatus;
import com.kt.event.content.provider.ResponseImage;

import io.smallrye.mutiny.Uni;

/**
 * Azure OpenAI in Microsoft Foundry. There are two surfaces: with a dated {@code api-version} the deployment is in the path,
 * otherwise it is the model in the body. Responses are those of OpenAI.
 */
@ApplicationScoped
class AzureOpenAi implements ImageProvider {
    private static final String API_VERSION = "api-version";
    private static final String NO_DEPLOYMENTS = "a key cannot ask for deployments";
    /** In the year 5138. */
    private static final long LAST_SECOND = 100_000_000_000L;
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    /** The default there, and three times the price of the one below. It is sent so that it can be seen. */
    private static final String QUALITY = "high";

    @Override
    public String type() {
        return "azure-openai";
    }

    @Override
    public List<String> faults(ProviderConfig config) {
        return Settings.faults(config, API_VERSION, Settings.QUALITY, Settings.FORMAT);
    }

    @Override
    public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
        ProviderConfig config = call.config();
        Map<String, Object> body = new TreeMap<>(Map.of("prompt", request.prompt(), "n", 1,
                "size", Settings.size(config, request), "quality", config.quality().orElse(QUALITY)));
        Settings.format(config).ifPresent(format -> body.put("output_format", format));
        if (!isDeploymentSurface(config)) {
            body.put("model", config.model());
        }
        ProviderRequest post = ProviderRequest.postJson(address(config, "/images/generations"), call.json(body));
        return call.send(withKey(post, config), OpenAi::image);
    }

    /** Only the models are told to users of a key. The deployment is, as a rule, named as its model. */
    @Override
    public Uni<ProviderStatus> status(ProviderCall call) {
        HttpAddress models = resource(call.config(), "/openai/v1/models", "preview");
        return call.send(withKey(ProviderRequest.get(models), call.config()), response -> {
            ProviderStatus status = ProviderStatus.of(response);
            List<JsonNode> versions = versions(response, call.config().model());
            return versions.isEmpty()
                    ? status.withRemark(NO_DEPLOYMENTS)
                    : status.withShutdown(retirement(versions)).withRemark(NO_DEPLOYMENTS
                            + ", but the resource has the model " + versions.get(0).path("id").textValue());
        });
    }

    /** The versions of a model. The list may be longer than what is read. */
    private static List<JsonNode> versions(ProviderResponse response, String model) {
        Pattern version = Pattern.compile(Pattern.quote(model) + "(-\\d[\\d-]{0,20})?");
        try {
            return Json.list(response.read(JsonNode.class).path("data")).stream()
                    .filter(each -> version.matcher(each.path("id").asText("")).matches()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Which version the deployment has is not known, so it is that of the last one. */
    private static Optional<LocalDate> retirement(List<JsonNode> versions) {
        List<LocalDate> days = versions.stream().map(AzureOpenAi::retirement).flatMap(Optional::stream).sorted()
                .toList();
        return days.size() < versions.size() ? Optional.empty() : Optional.of(days.get(days.size() - 1));
    }

    /** In seconds since 1970. */
    private static Optional<LocalDate> retirement(JsonNode model) {
        JsonNode seconds = model.path("deprecation").path("inference");
        return seconds.canConvertToLong() && seconds.longValue() < LAST_SECOND
                ? Optional.of(seconds.longValue()).filter(second -> second > 0)
                        .map(second -> LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC))
                : Optional.empty();
    }

    private static boolean isDeploymentSurface(ProviderConfig config) {
        return config.option(API_VERSION).filter(version -> DATED.matcher(version).matches()).isPresent();
    }

    private static HttpAddress address(ProviderConfig config, String path) {
        String surface = isDeploymentSurface(config)
                ? "/openai/deployments/" + Settings.segment(config.model())
                : "/openai/v1";
        return resource(config, surface + path, config.option(API_VERSION).orElse("preview"));
    }

    /** The URL is that of the resource; the portal shows it with different ends. */
    private static HttpAddress resource(ProviderConfig config, String path, String version) {
        String resource = config.url().target().replaceFirst("[?].*", "").replaceFirst("/openai(/.*)?$", "")
                .replaceFirst("/$", "");
        return config.url().resolve(resource + path + "?" + API_VERSION + "=" + Settings.segment(version));
    }

    private static ProviderRequest withKey(ProviderRequest request, ProviderConfig config) {
        return config.key().map(key -> request.header("api-key", key)).orElse(request);
    }
}
