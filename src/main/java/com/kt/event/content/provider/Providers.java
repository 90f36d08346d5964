package com.kt.event.content.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.ratelimit.CallLimiters;
import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;

/** The configured providers, in the order in which they are called. */
@Startup(Providers.BEFORE_THE_SCHEDULER)
@Singleton
public class Providers {
    /** A wrong setting stops the start here. The scheduler starts at PLATFORM_BEFORE, and its jobs would fail meanwhile. */
    static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    private final List<ImageApi> inOrder;

    /** @param wish the size that suits best, for providers whose size is auto */
    Providers(@All List<ImageProvider> dialects, Config config, ImageApiConfig imageApi, ProviderHttp http,
            SharedBreakers breakers, CallGuards guards, CallLimiters limiters,
            @Identifier("wish") ImageSize wish) {
        Map<String, ImageProvider> byType = dialects.stream()
                .collect(Collectors.toMap(ImageProvider::type, Function.identity()));
        this.inOrder = ProviderSettings.order(config).stream().map(name -> {
            Function<String, Optional<String>> members = member -> ProviderSettings.value(name, member, config);
            ImageRules rules = ImageRules.of(members, imageApi);
            ProviderConfig provider = ProviderConfig.of(name, byType, config, imageApi, rules);
            return new ImageApi(http, provider, rules, byType.get(provider.type()), breakers.of(name),
                    guards.of(name, breakers.of(name)), limiters.of(name), ProviderPrice.of(name, members), wish);
        }).toList();
    }

    /** Those that are called, the preferred one first. */
    public List<ImageApi> inOrder() {
        return inOrder;
    }

    /** The provider of this name; empty if it is not called. */
    public Optional<ImageApi> named(String name) {
        return inOrder.stream().filter(api -> api.name().equals(name)).findFirst();
    }
}
