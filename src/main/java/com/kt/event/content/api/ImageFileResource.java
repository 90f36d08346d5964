package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.kt.event.content.api.http.ByteRange;
import com.kt.event.content.api.http.FileSlice;
import com.kt.event.content.api.http.HttpDate;
import com.kt.event.content.api.http.Preconditions;
import com.kt.event.content.api.problem.Problem;
import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.StoredImage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.MimeMapping;

/** Serves the images themselves: whole, in part, or not at all to a client that has them already (RFC 9110). */
@Path("/api/content")
@Tag(ref = "Images")
public class ImageFileResource {
    private final ImageStore store;
    private final Clock clock;
    private final CacheControl forLong;

    ImageFileResource(ImageStore store, Clock clock, GalleryConfig config) {
        this.store = store;
        this.clock = clock;
        this.forLong = immutable(config.image().ttl());
    }

    private static CacheControl immutable(Duration maxAge) {
        CacheControl cacheControl = new CacheControl();
        cacheControl.setNoTransform(false);
        cacheControl.setMaxAge((int) maxAge.toSeconds());
        cacheControl.getCacheExtension().put("public", "");
        cacheControl.getCacheExtension().put("immutable", "");
        return cacheControl;
    }

    @GET
    @Path("/images/files/{file}")
    @Operation(operationId = "getFile", summary = "Get an image",
            description = """
                    The address in `imageUrl`. It needs no credentials and works until `expiresAt` at least. An image never changes,
                    so browsers and proxies may keep it.""")
    @Parameter(name = "Range", in = ParameterIn.HEADER)
    @Parameter(name = "If-Range", in = ParameterIn.HEADER)
    @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = HttpHeaders.IF_MODIFIED_SINCE, in = ParameterIn.HEADER)
    @APIResponse(responseCode = "200", ref = "Picture")
    @APIResponse(responseCode = "206", ref = "PartOfPicture")
    @APIResponse(responseCode = "304", ref = "PictureNotModified")
    @APIResponse(responseCode = "404", ref = "NoSuchFile")
    @APIResponse(responseCode = "412", ref = "AnotherPicture")
    @APIResponse(responseCode = "416", ref = "RangeNotSatisfiable")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getFile(@PathParam("file") String file, @Context HttpServerRequest request) {
        return store.find(file).map(image -> answer(image, request));
    }

    /** In the order of RFC 9110, 13.2.2. */
    private Response answer(StoredImage image, HttpServerRequest request) {
        Preconditions validators = Preconditions.of(image, clock.instant());
        if (validators.areRefusedBy(request.headers())) {
            throw Problem.INVALID_REQUEST.with(412,
                    "the image is another one than If-Match or If-Unmodified-Since requires");
        }
        if (validators.areKnownTo(request.headers())) {
            return cacheable(Response.notModified(), validators).build();
        }
        Optional<ByteRange> part = part(image, validators, request);
        ByteRange sent = part.orElse(new ByteRange(0, image.size() - 1));
        ResponseBuilder answer = Response.status(part.isPresent() ? Status.PARTIAL_CONTENT : Status.OK)
                .entity(new FileSlice(image.file(), sent.first(), sent.length()))
                .type(MimeMapping.getMimeTypeForFilename(image.file().toString()))
                .header(HttpHeaders.CONTENT_LENGTH, sent.length())
                .header("Accept-Ranges", ByteRange.UNIT)
                // What a provider drew is shown, never run: SVG of a stand-in included.
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header("X-Content-Type-Options", "nosniff");
        part.ifPresent(
                range -> answer.header(ByteRange.CONTENT_RANGE, range.contentRange(image.size())));
        return cacheable(answer, validators).build();
    }

    /** Empty where the whole is to be sent. Ranges are defined for GET alone (14.2), and for one header. */
    private static Optional<ByteRange> part(StoredImage image, Preconditions validators, HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> ranges = headers.getAll(HttpHeaderNames.RANGE);
        return request.method() == HttpMethod.GET && ranges.size() == 1 && validators.allowPart(headers)
                ? ByteRange.of(ranges.get(0), image.size())
                : Optional.empty();
    }

    private ResponseBuilder cacheable(ResponseBuilder answer, Preconditions validators) {
        return answer.cacheControl(forLong)
                .header(HttpHeaders.ETAG, validators.etag())
                .header(HttpHeaders.LAST_MODIFIED, HttpDate.format(validators.lastModified()))
                // Else a cached image that a page shows would not do for the same page's script (CORS).
                .header(HttpHeaders.VARY, "Origin");
    }
}
