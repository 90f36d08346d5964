package com.kt.event.content.provider;

import java.io.IOException;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.image.BrokenImageException;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.Spools;

import io.smallrye.mutiny.Uni;

/** The image API as the rest of the service uses it: guarded calls, downloads, and a check of each image. */
@ApplicationScoped
public class ImageClient {
    private final ImageDownload download;
    private final DownloadLimiter limiter;
    private final ImageWorkers workers;

    ImageClient(ImageDownload download, DownloadLimiter limiter, ImageWorkers workers) {
        this.download = download;
        this.limiter = limiter;
        this.workers = workers;
    }

    public Request newRequest(String prompt) {
        return new Request(prompt);
    }

    /** A request for one image. It may be sent several times, and has to be closed, whatever happens. */
    public final class Request {
        private final String prompt;
        private final DownloadLimiter.Permit permit = limiter.newPermit();
        private final Spools spools = workers.newSpools();

        private Request(String prompt) {
            this.prompt = prompt;
        }

        /**
         * Makes one paid call. Fails with {@link ImageFailure}.
         *
         * @param ids records the id by which the provider can be asked for the outcome
         */
        public Uni<ResponseImage> send(ImageApi api, Function<String, Uni<Void>> ids) {
            return api.generate(prompt, permit, spools, ids).onFailure().transform(ImageApiFailures::of);
        }

        /** Asks for the outcome of an earlier call by its id. Fails with {@link ImageFailure}. */
        public Uni<ResponseImage> resume(ImageApi api, String id) {
            return api.resume(id, permit, spools);
        }

        /** Downloads the image unless the response holds its bytes, and checks it. Fails with {@link ImageFailure}. */
        public Uni<Image> receive(ImageApi api, ResponseImage response) {
            Uni<Image> image = response.bytes() == null
                    ? download.fetch(response.address(), api.rules(), permit, spools)
                    : workers.runWithWhole(response.bytes(), () -> api.rules().check().check(response.bytes()))
                            .onFailure(BrokenImageException.class).transform(ImageApiFailures::broken)
                            .onFailure(IOException.class).transform(ImageApiFailures::unstorable);
            return image.invoke(spools::arrived)
                    .onFailure(ImageFailure.class)
                    .invoke(failure -> failure.ofRequest(response.requestId()));
        }

        /** Ends what is still under way. The image is stored, or nobody waits for it any more. */
        public void close() {
            permit.close();
            workers.close(spools);
        }
    }
}
