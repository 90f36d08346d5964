package com.kt.event.content.api;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.ratelimit.CallLimiters;
import com.kt.event.content.ratelimit.LimitState;
import com.kt.event.content.settings.ProviderSettings;

import io.smallrye.mutiny.Uni;

/** What the next call has to wait for: nothing if any provider can be called, else what ends first. */
@ApplicationScoped
class ProviderWaits {
    private final List<String> providers;
    private final SharedBreakers breakers;
    private final CallLimiters limiters;

    ProviderWaits(Config config, SharedBreakers breakers, CallLimiters limiters) {
        this.providers = ProviderSettings.order(config);
        this.breakers = breakers;
        this.limiters = limiters;
    }

    /** Fails if Redis does not reply. */
    Uni<JobWait> now() {
        Uni<JobWait> shortest = of(providers.get(0));
        for (String next : providers.subList(1, providers.size())) {
            shortest = shortest.chain(found -> found.isNone()
                    ? Uni.createFrom().item(found)
                    : of(next).map(found::shorter));
        }
        return shortest;
    }

    private Uni<JobWait> of(String provider) {
        return breakers.of(provider).state().chain(state -> state.remaining().isZero()
                ? limiters.of(provider).state().map(ProviderWaits::of)
                : Uni.createFrom().item(JobWait.outage(state.remaining())));
    }

    private static JobWait of(LimitState limit) {
        return new JobWait(limit.remaining(),
                limit.untilACallEnds() ? JobWait.Reason.OTHERS : JobWait.Reason.LIMIT);
    }
}
