package com.kt.event.content.breaker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.settings.ProviderSettings;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** The breakers of all providers, in the order in which these are called. */
@ApplicationScoped
public class SharedBreakers {
    private final Map<String, SharedBreaker> breakers = new LinkedHashMap<>();
    private final Map<String, BreakerStore> stores = new LinkedHashMap<>();
    private final List<SharedBreaker> inOrder;

    SharedBreakers(ReactiveRedisDataSource redis, RedisScripts scripts, RedisTimeout timeout, BreakerConfig defaults,
            CircuitBreakerMaintenance localBreakers, @Identifier("time-limits") ScheduledExecutorService timer,
            MeterRegistry meters, Config config) {
        List<String> names = ProviderSettings.order(config);
        for (String name : names) {
            Function<String, Optional<String>> members = member -> ProviderSettings.value(name, member, config);
            Pauses pauses = Pauses.of(name, members, defaults);
            BreakerStore store = new BreakerStore(BreakerStore.key(name), redis, scripts, pauses, timeout);
            boolean isForOlder = breakers.isEmpty() && !names.contains(ProviderSettings.DEFAULT);
            // With the pauses that they know: a longer one would be unreadable to them.
            BreakerStore older = isForOlder
                    ? new BreakerStore(BreakerStore.KEY, redis, scripts,
                            new Pauses(defaults.pause(), defaults.longestPause()), timeout)
                    : null;
            OperatorNotice notice = new OperatorNotice(name, meters, System::nanoTime);
            stores.put(name, store);
            breakers.put(name, new SharedBreaker(name, store, older, localBreakers, pauses, timer, notice));
        }
        this.inOrder = List.copyOf(breakers.values());
    }

    /** The breaker of a configured provider. */
    public SharedBreaker of(String provider) {
        return breakers.get(provider);
    }

    BreakerStore store(String provider) {
        return stores.get(provider);
    }

    /**
     * The state of the provider that is called next: the first whose breaker is closed; without one the first that may be
     * probed, or else the one that is open for the shortest time. Fails if Redis does not reply.
     */
    public Uni<BreakerState> state() {
        Uni<BreakerState> best = inOrder.get(0).state();
        for (SharedBreaker next : inOrder.subList(1, inOrder.size())) {
            best = best.chain(found -> found.status() == BreakerState.Status.CLOSED
                    ? Uni.createFrom().item(found)
                    : next.state().map(other -> better(found, other)));
        }
        return best;
    }

    private static BreakerState better(BreakerState one, BreakerState other) {
        int byStatus = rank(one).compareTo(rank(other));
        boolean isOtherSooner = byStatus == 0 && other.remaining().compareTo(one.remaining()) < 0;
        return byStatus > 0 || isOtherSooner ? other : one;
    }

    private static Integer rank(BreakerState state) {
        return List.of(BreakerState.Status.CLOSED, BreakerState.Status.HALF_OPEN, BreakerState.Status.OPEN)
                .indexOf(state.status());
    }

    /** Whether a call waits here for a permit, and so will be the probe. */
    public boolean hasWaiters() {
        return inOrder.stream().anyMatch(SharedBreaker::hasWaiters);
    }
}
