package com.kt.event.content.breaker;

import java.time.Duration;

import org.jboss.logging.Logger;

import com.kt.event.content.settings.ProviderSettings;

/** Reports in the log what becomes of one provider's breaker. */
final class BreakerReport {
    private static final Logger LOG = Logger.getLogger(SharedBreaker.class);

    private final String breaker;
    private final Duration longestPause;
    private final OperatorNotice notice;
    private final PersistentFailure redisOutage = new PersistentFailure(Duration.ofMinutes(1), System::nanoTime);

    BreakerReport(String provider, Duration longestPause, OperatorNotice notice) {
        this.breaker = provider.equals(ProviderSettings.DEFAULT)
                ? "image API breaker"
                : "image API breaker of " + provider;
        this.longestPause = longestPause;
        this.notice = notice;
    }

    void redisFailed(Throwable failure) {
        if (redisOutage.failed()) {
            LOG.warnf(
                    "Redis has not told the state of the %s for a minute, no call goes out from this instance until it "
                            + "does: %s",
                    breaker, failure.getMessage());
        }
    }

    void redisReplied() {
        redisOutage.recovered();
    }

    void closed() {
        LOG.infof("%s closed: the probe succeeded", breaker);
    }

    void opened(CallFailure failure, BreakerStore.Opening opening) {
        if (failure.fault() != null) {
            notice.update(failure.fault());
            if (opening.isNewFault()) {
                notice.report(failure.fault(), failure.reason(), longestPause);
            }
        } else if (opening.outcome() == BreakerStore.OpenOutcome.OPENED) {
            LOG.warnf("%s open cluster-wide for %s (%s); a single probe follows", breaker, opening.remaining(),
                    failure.reason());
        }
    }

    void openedHereOnly(CallFailure failure, Duration pause, Throwable unreachable) {
        LOG.warnf("%s open in this instance for %s (%s); cannot tell the others: %s", breaker, pause, failure.reason(),
                unreachable.getMessage());
    }

    void olderNotTold(Throwable unreachable) {
        LOG.debugf("cannot tell instances of an earlier version that the %s is open: %s", breaker, unreachable);
    }
}
