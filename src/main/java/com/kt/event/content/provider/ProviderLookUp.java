package com.kt.event.content.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.image.Spools;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/** Asks providers whether they accept key and model, by requests that generate nothing and are not billed. */
@ApplicationScoped
public class ProviderLookUp {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Providers providers;
    private final ProviderHttp http;
    private final DownloadLimiter limiter;
    private final ScheduledExecutorService timer;

    ProviderLookUp(Providers providers, ProviderHttp http, DownloadLimiter limiter,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.providers = providers;
        this.http = http;
        this.limiter = limiter;
        this.timer = timer;
    }

    /** In the order in which they are called. */
    public List<ProviderConfig> providers() {
        return providers.inOrder().stream().map(ImageApi::config).toList();
    }

    /** Fails with {@link ImageFailure}. */
    public Uni<ProviderStatus> status(ProviderConfig provider) {
        return Uni.createFrom().deferred(() -> {
            DownloadLimiter.Permit permit = limiter.newPermit();
            Spools spools = http.workers().newSpools();
            return providers.named(provider.name()).orElseThrow().status(permit, spools).ifNoItem().after(LIMIT)
                    .on(timer)
                    .failWith(() -> ImageApiFailures.timeout())
                    .onTermination().invoke(() -> {
                        permit.close();
                        http.workers().close(spools);
                    });
        }).onFailure().transform(ImageApiFailures::of);
    }
}
