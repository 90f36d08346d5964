package com.kt.event.content.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.Spool;
import com.kt.event.content.image.Spools;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

import io.netty.util.NetUtil;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;

/**
 * Downloads an image from the URL in the provider's response. The URL is untrusted input, so it is followed over http(s)
 * only, into no private network (unless configuration allows it), and up to a size and a time. The image is made and paid
 * for, so failed downloads are retried within that time: some hosts have the image only seconds later.
 */
@ApplicationScoped
class ImageDownload {
    /** The limit of browsers. */
    private static final int MAX_REDIRECTS = 20;
    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 307, 308);

    private final Vertx vertx;
    private final ImageWorkers workers;
    private final HttpTransport transport;
    private final ScheduledExecutorService timer;
    private final String userAgent;
    private final Duration limit;
    private final Duration idle;

    ImageDownload(Vertx vertx, ImageWorkers workers, ClientSettings settings, ImageApiConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.vertx = vertx;
        this.workers = workers;
        this.transport = new HttpTransport(vertx.getDelegate(), workers.executor(), settings.forDownloads());
        this.timer = timer;
        this.userAgent = settings.userAgent();
        this.limit = config.downloadLimit();
        this.idle = limit.dividedBy(4);
    }

    @PreDestroy
    void close() {
        transport.close();
    }

    /** Fails with {@link ImageFailure}. Acquires the permit and keeps it. */
    Uni<Image> fetch(HttpAddress address, ImageRules rules, DownloadLimiter.Permit permit, Spools spools) {
        return permit.acquire().chain(() -> {
            Retries retries = new Retries(rules, System.nanoTime() + limit.toNanos());
            Uni<Image> attempt = Uni.createFrom().deferred(() -> attempt(address, retries, spools))
                    .invoke(permit::received);
            // Mutiny's retry converts the attempt to a Multi, which most downloads need not pay for.
            return attempt.onFailure(ImageDownload::isTransient).recoverWithUni(first -> retries.delay(first)
                    .chain(() -> attempt.onFailure(ImageDownload::isTransient).retry().when(retries::delays)))
                    .onFailure().transform(retries::cause);
        }).onFailure().transform(ImageDownload::toFailure);
    }

    private Uni<Image> attempt(HttpAddress address, Retries retries, Spools spools) {
        Spool image = spools.newSpool();
        ResponseBody body = new ResponseBody((bytes, count) -> image.write(bytes, 0, count), spools,
                retries.rules.check().maxBytes());
        return fetch(address, body, retries, MAX_REDIRECTS)
                .chain(response -> workers.runWithWhole(image,
                        () -> image(response, body, image, retries.rules.check())))
                .onFailure().invoke(() -> spools.drop(image));
    }

    private static boolean isTransient(Throwable failure) {
        return !(failure instanceof ImageFailure);
    }

    private static ImageFailure toFailure(Throwable failure) {
        if (failure instanceof ImageFailure known) {
            return known;
        }
        if (failure instanceof BrokenImageException broken) {
            return ImageApiFailures.broken(broken);
        }
        String why = failure instanceof StatusException ? failure.getMessage() : failure.getClass().getSimpleName();
        return new ImageFailure(Reason.ERROR, Billing.POSSIBLE, "the image was made but cannot be downloaded (" + why
                + ")");
    }

    private Uni<HttpResponse> fetch(HttpAddress address, ResponseBody body, Retries retries, int redirectsLeft) {
        return addressOf(address.host(), retries.rules)
                .chain(ip -> transport
                        .send(new HttpCall(request(address, ip), Buffer.buffer(), body, retries.left(),
                                idle, null)))
                .chain(response -> REDIRECTS.contains(response.status())
                        ? fetch(target(address, response, redirectsLeft), body, retries, redirectsLeft - 1)
                        : Uni.createFrom().item(response));
    }

    private static HttpAddress target(HttpAddress from, HttpResponse response, int redirectsLeft) {
        String location = response.headers().get(HttpHeaders.LOCATION);
        if (redirectsLeft == 0 || location == null) {
            throw ImageFailure.invalid("the image's URL redirects nowhere");
        }
        try {
            return from.resolveHeader(location);
        } catch (IllegalArgumentException e) {
            throw ImageFailure.invalid("the image's URL redirects to an invalid URL");
        }
    }

    /** Gateways and caches may send 203 or 206; the check tells whether the image is complete. */
    private static Image image(HttpResponse response, ResponseBody body, Spool image, ImageCheck check)
            throws IOException {
        if (!response.isGood()) {
            throw new StatusException(response.status());
        }
        body.decompress();
        return check.check(image);
    }

    /** Resolved once and connected to by address, so that a second resolution cannot lead elsewhere. */
    private Uni<InetAddress> addressOf(String host, ImageRules rules) {
        return resolve(host)
                .map(addresses -> {
                    if (!rules.allowPrivateAddresses() && addresses.stream().anyMatch(PrivateAddresses::contain)) {
                        throw ImageFailure.invalid("the image's URL leads into a private network");
                    }
                    return addresses.get(0);
                });
    }

    private Uni<List<InetAddress>> resolve(String host) {
        // An IP address needs no resolution, and so no other thread.
        return NetUtil.createByteArrayFromIpAddressString(host) != null
                ? Uni.createFrom().item(Unchecked.supplier(() -> List.of(InetAddress.getByName(host))))
                : vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                        .ifNoItem().after(idle).on(timer).fail();
    }

    private RequestOptions request(HttpAddress address, InetAddress ip) {
        return address.request().setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(address.port(), ip.getHostAddress()))
                .putHeader(HttpHeaders.ACCEPT, "image/*")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.USER_AGENT, userAgent);
    }

    /** A response without the image. */
    private static final class StatusException extends IOException {
        private static final long serialVersionUID = 1L;

        StatusException(int status) {
            super("status " + status);
        }
    }

    /** Retries until the time is over. With a limit of a minute the delays grow from half a second to eight. */
    private final class Retries {
        private final ImageRules rules;
        private final long end;
        private Duration delay = limit.dividedBy(120);
        /** The last image that was broken; null if none was. */
        private BrokenImageException broken;

        /** @param end as a value of System.nanoTime */
        Retries(ImageRules rules, long end) {
            this.rules = rules;
            this.end = end;
        }

        Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        }

        Multi<?> delays(Multi<Throwable> failures) {
            return failures.onItem().transformToUniAndConcatenate(this::delay);
        }

        /** An attempt that ran out of time says less than an earlier one that got a broken image. */
        Throwable cause(Throwable last) {
            boolean isTelling = last instanceof ImageFailure || last instanceof StatusException;
            return isTelling || broken == null ? last : broken;
        }

        /** Fails with the failure if there is no time left for another attempt. */
        Uni<Throwable> delay(Throwable failure) {
            if (failure instanceof BrokenImageException found) {
                broken = found;
            }
            if (left().compareTo(delay) <= 0) {
                return Uni.createFrom().failure(failure);
            }
            Duration wait = delay;
            delay = delay.compareTo(limit.dividedBy(16)) < 0 ? delay.multipliedBy(2) : delay;
            return Uni.createFrom().item(failure).onItem().delayIt().onExecutor(timer).by(wait);
        }
    }
}
