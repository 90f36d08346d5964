package com.kt.event.content.generator;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;

/**
 * Which providers may be called for one image. A call that may have been billed is repeated at the same provider only, so
 * that nobody pays two of them for one image. Used by one call at a time.
 */
final class CallPlan {
    private final List<ImageApi> inOrder;
    private final boolean isModerationFallback;
    private final Set<ImageApi> failed = new HashSet<>();
    private final Set<ImageApi> refused = new HashSet<>();
    /** The only one that may be called; null if there are others. */
    private ImageApi bound;
    /** The one that was called last. */
    private ImageApi last;

    /**
     * @param refusedBy the names of the providers that have refused the image
     * @param bound the provider that may have made the image already; null if none has
     */
    CallPlan(List<ImageApi> inOrder, boolean isModerationFallback, Collection<String> refusedBy, ImageApi bound) {
        this.inOrder = inOrder;
        this.isModerationFallback = isModerationFallback;
        this.bound = bound;
        inOrder.stream().filter(api -> refusedBy.contains(api.name())).forEach(refused::add);
        this.last = candidates().stream().findFirst().orElse(inOrder.get(0));
    }

    /** The one that was called last; before the first call, one that will be. */
    ImageApi last() {
        return last;
    }

    /** Whether each provider has refused the image. */
    boolean isRefused() {
        return bound == null && refused.size() == inOrder.size();
    }

    void called(ImageApi api) {
        last = api;
    }

    /** A wait is over: those that have failed before may be called again. */
    void restart() {
        failed.clear();
    }

    /** Those that may be called now, the preferred one first. */
    List<ImageApi> candidates() {
        if (bound != null) {
            return failed.contains(bound) ? List.of() : List.of(bound);
        }
        return failed.isEmpty() && refused.isEmpty()
                ? inOrder
                : inOrder.stream().filter(api -> !failed.contains(api) && !refused.contains(api)).toList();
    }

    /** Whether there is a choice, so that one provider's wish not to be called need not be waited for. */
    boolean hasOthers() {
        return bound == null && inOrder.size() - refused.size() > 1;
    }

    /** Notes a failed call. Returns whether another provider may be called instead. */
    boolean failed(ImageApi api, ImageFailure failure) {
        if (failure.billing() == Billing.UNLIKELY) {
            bound = api;
            return false;
        }
        if (failure.outcome() == CallOutcome.REFUSED) {
            refused.add(api);
            return isModerationFallback && bound == null && refused.size() < inOrder.size();
        }
        failed.add(api);
        return failure.billing() == Billing.NONE && bound == null;
    }
}
