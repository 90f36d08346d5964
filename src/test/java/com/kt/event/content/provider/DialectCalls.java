package com.kt.event.content.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.ratelimit.UnlimitedCalls;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;

/** Calls an image API of any kind over HTTP, without breaker and ledger. */
@ApplicationScoped
public class DialectCalls {
    private static final ImageSize WISH = new ImageSize(1080, 1350);

    private final ProviderHttp http;
    private final ImageClient client;
    private final DownloadLimiter limiter;
    private final List<ImageProvider> dialects;
    private final ImageRules rules;

    DialectCalls(ProviderHttp http, ImageClient client, DownloadLimiter limiter, @All List<ImageProvider> dialects,
            ImageApiConfig config) {
        this.rules = ImageRules.of(
                member -> member.equals("allow-private-addresses") ? Optional.of("true") : Optional.empty(), config);
        this.http = http;
        this.client = client;
        this.limiter = limiter;
        this.dialects = dialects;
    }

    /** A provider with the default quality and a computed size. */
    public static ProviderConfig provider(String type, String url, String model, Map<String, String> options) {
        return provider(type, url, "user:secret", model, "auto", null, options);
    }

    public static ProviderConfig provider(String type, String url, String key, String model, String size,
            String quality, Map<String, String> options) {
        return new ProviderConfig("main", type, HttpAddress.of(url), Optional.ofNullable(key), model, size,
                Optional.ofNullable(quality), options, true);
    }

    public ImageProvider dialect(ProviderConfig config) {
        return dialects.stream().filter(it -> it.type().equals(config.type())).findFirst().orElseThrow();
    }

    public Call to(ProviderConfig config) {
        return new Call(config);
    }

    /** A call, which remembers the ids that were recorded. */
    public final class Call {
        private final ProviderConfig config;
        private final List<String> ids = new CopyOnWriteArrayList<>();

        private boolean isRecordLost;

        private Call(ProviderConfig config) {
            this.config = config;
        }

        /** Every record fails. */
        public Call withoutRecord() {
            isRecordLost = true;
            return this;
        }

        public List<String> ids() {
            return ids;
        }

        public ResponseImage generate(String prompt) {
            return await(dialect(config).generate(new ImageRequest(prompt, WISH), call()));
        }

        public ResponseImage resume(String id) {
            return await(dialect(config).resume(id, call()));
        }

        public ProviderStatus status() {
            return await(dialect(config).status(call()));
        }

        /** The bytes of the image, once it is downloaded and checked. */
        public byte[] receive(ResponseImage response) {
            ImageClient.Request request = client.newRequest("");
            try {
                Image image = await(
                        request.receive(new ImageApi(http, config, rules, null, null, null, null, null, WISH),
                                response));
                return SpoolTesting.bytes(image.content());
            } finally {
                request.close();
            }
        }

        private HttpProviderCall call() {
            return new HttpProviderCall(http, config, rules.maxResponseBytes(), limiter.newPermit(),
                    SpoolTesting.spools(), this::record, UnlimitedCalls.limiter()) {
                /** Asks for an outcome in shorter intervals. */
                @Override
                public Uni<Void> delay(Duration time) {
                    return super.delay(time.dividedBy(20));
                }
            };
        }

        private Uni<Void> record(String id) {
            return isRecordLost
                    ? Uni.createFrom().failure(new IOException("Redis is down"))
                    : Uni.createFrom().voidItem().invoke(() -> ids.add(id));
        }

        private static <T> T await(Uni<T> result) {
            return result.onFailure().transform(ImageApiFailures::of).await().atMost(PatientAwaitility.LIMIT);
        }
    }
}
