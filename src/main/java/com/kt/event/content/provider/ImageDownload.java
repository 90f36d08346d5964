package com.kt.event.content.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;

/**
 * Fetches an image from the address in the provider's answer. That address is the provider's word, so it is followed
 * over http(s) only, into no private network (unless configuration allows it), and up to a size and a time. The image
 * is made and paid for, so within that time it is tried again: some hosts need seconds until they have it.
 */
@ApplicationScoped
class ImageDownload {
    /** As many as browsers follow. */
    private static final int MAX_REDIRECTS = 20;
    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 307, 308);

    private final Vertx vertx;
    private final HttpTransport transport;
    private final ImageCheck images;
    private final ScheduledExecutorService timer;
    private final String userAgent;
    private final boolean allowPrivateAddresses;
    private final long maxBytes;
    private final Duration limit;
    private final Duration idle;

    ImageDownload(Vertx vertx, ClientSettings settings, ImageApiConfig config, ImageCheck images,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.vertx = vertx;
        this.transport = new HttpTransport(vertx.getDelegate(), settings.forDownloads());
        this.images = images;
        this.timer = timer;
        this.userAgent = settings.userAgent();
        this.allowPrivateAddresses = config.allowPrivateAddresses();
        this.maxBytes = config.maxPictureSize().asLongValue();
        this.limit = config.downloadLimit();
        this.idle = limit.dividedBy(4);
    }

    /** Fails with {@link ImageFailure}. Acquires the permit and keeps it. */
    Uni<Image> fetch(HttpAddress address, DownloadLimiter.Permit permit) {
        return permit.acquire().chain(() -> {
            Tries tries = new Tries(System.nanoTime() + limit.toNanos());
            return Uni.createFrom().deferred(() -> fetch(address, tries, MAX_REDIRECTS))
                    .chain(answer -> vertx.executeBlocking(() -> image(answer), false))
                    .invoke(permit::received)
                    .onFailure(ImageDownload::mayPass).retry().when(tries::pauses);
        }).onFailure().transform(ImageDownload::toFailure);
    }

    private static boolean mayPass(Throwable failure) {
        return !(failure instanceof ImageFailure);
    }

    private static ImageFailure toFailure(Throwable failure) {
        if (failure instanceof ImageFailure known) {
            return known;
        }
        if (failure instanceof BrokenImageException broken) {
            return broken.toFailure();
        }
        String why = failure instanceof StatusException ? failure.getMessage() : failure.getClass().getSimpleName();
        return new ImageFailure(Reason.ERROR, Billing.POSSIBLE, "the image was made but could not be fetched (" + why
                + ")");
    }

    private Uni<HttpResponse> fetch(HttpAddress address, Tries tries, int redirectsLeft) {
        return addressOf(address.host())
                .chain(ip -> transport.send(new HttpCall(request(address, ip), Buffer.buffer(), maxBytes, tries.left(),
                        idle, null)))
                .chain(answer -> REDIRECTS.contains(answer.status())
                        ? fetch(target(address, answer, redirectsLeft), tries, redirectsLeft - 1)
                        : Uni.createFrom().item(answer));
    }

    private static HttpAddress target(HttpAddress from, HttpResponse answer, int redirectsLeft) {
        String location = answer.headers().get(HttpHeaders.LOCATION);
        if (redirectsLeft == 0 || location == null) {
            throw ImageApiFailures.invalid("the image's address leads nowhere");
        }
        try {
            return from.resolveHeader(location);
        } catch (IllegalArgumentException e) {
            throw ImageApiFailures.invalid("the image's address leads to what is no address");
        }
    }

    /** Gateways and caches say 203 or 206 of it; whether it is all of an image, the image tells. */
    private Image image(HttpResponse answer) throws IOException {
        if (!answer.isGood()) {
            throw new StatusException(answer.status());
        }
        String coding = answer.headers().get(HttpHeaders.CONTENT_ENCODING);
        return images.check(ContentCoding.undo(coding, answer.body(), maxBytes).bytes());
    }

    /** Looked up here and connected to as such, so that a second look-up cannot lead elsewhere. */
    private Uni<InetAddress> addressOf(String host) {
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .ifNoItem().after(idle).on(timer).fail()
                .map(addresses -> {
                    if (!allowPrivateAddresses && addresses.stream().anyMatch(PrivateAddresses::contain)) {
                        throw ImageApiFailures.invalid("the image's address is in a private network");
                    }
                    return addresses.get(0);
                });
    }

    private RequestOptions request(HttpAddress address, InetAddress ip) {
        return address.request().setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(address.port(), ip.getHostAddress()))
                .putHeader(HttpHeaders.ACCEPT, "image/*")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.USER_AGENT, userAgent);
    }

    /** An answer without the image. */
    private static final class StatusException extends IOException {
        private static final long serialVersionUID = 1L;

        StatusException(int status) {
            super("status " + status);
        }
    }

    /** As many as there is time for, in growing pauses: half a second at first, and at most eight, in a minute. */
    private final class Tries {
        private final long end;
        private Duration pause = limit.dividedBy(120);

        /** @param end in System.nanoTime */
        Tries(long end) {
            this.end = end;
        }

        Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        }

        Multi<?> pauses(Multi<Throwable> failures) {
            Function<Throwable, Uni<? extends Throwable>> next = failure -> {
                if (left().compareTo(pause) <= 0) {
                    return Uni.createFrom().failure(failure);
                }
                Duration wait = pause;
                pause = pause.compareTo(limit.dividedBy(16)) < 0 ? pause.multipliedBy(2) : pause;
                return Uni.createFrom().item(failure).onItem().delayIt().onExecutor(timer).by(wait);
            };
            return failures.onItem().transformToUniAndConcatenate(next);
        }
    }
}
