package com.kt.event.content.provider;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** The image API as the rest of the service uses it: guarded calls, downloads, and a check of each image. */
@ApplicationScoped
public class ImageClient {
    private final ImageApi api;
    private final ImageDownload download;
    private final DownloadLimiter limiter;
    private final ImageCheck check;
    private final Vertx vertx;

    ImageClient(ImageApi api, ImageDownload download, DownloadLimiter limiter, ImageCheck check, Vertx vertx) {
        this.api = api;
        this.download = download;
        this.limiter = limiter;
        this.check = check;
        this.vertx = vertx;
    }

    public Request newRequest(String prompt) {
        return new Request(prompt);
    }

    /** A request for one image. It may be sent several times, and has to be closed, whatever happens. */
    public final class Request {
        private final String prompt;
        private final DownloadLimiter.Permit permit = limiter.newPermit();

        private Request(String prompt) {
            this.prompt = prompt;
        }

        /** Makes one paid call. Fails with {@link ImageFailure}. */
        public Uni<ResponseImage> send() {
            return api.generate(prompt, permit).onFailure().transform(ImageApiFailures::of);
        }

        /** Downloads the image unless the response holds its bytes, and checks it. Fails with {@link ImageFailure}. */
        public Uni<Image> receive(ResponseImage response) {
            return response.bytes() == null
                    ? download.fetch(response.address(), permit)
                    : vertx.executeBlocking(() -> check.check(response.bytes()), false)
                            .onFailure(BrokenImageException.class).transform(BrokenImageException::toFailure);
        }

        /** Ends what is still under way. The image is stored, or nobody waits for it any more. */
        public void close() {
            permit.close();
        }
    }
}
