package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import com.kt.event.content.channel.ImageFile;
import com.kt.event.content.channel.Renditions;
import com.kt.event.content.gallery.SavedName;
import com.kt.event.content.gallery.StoredImage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.MimeMapping;

/** Serves the image files: whole, in part, or as 304 to a client that has the image already (RFC 9110). */
@Path("/api/content")
@Tag(ref = "Images")
public class ImageFileResource {
    private final Renditions renditions;
    private final Clock clock;

    ImageFileResource(Renditions renditions, Clock clock) {
        this.renditions = renditions;
        this.clock = clock;
    }

    @GET
    @Path("/images/files/{file}")
    @Operation(operationId = "getFile", summary = "Get an image",
            description = """
                    The address in `imageUrl`, or the `url` of a rendition. It needs no credentials and works until `expiresAt`. A
                    file never changes, so browsers and proxies may keep it until then. For a day after that, or after the
                    deletion of the image, the answer is 410. A rendition is made with the first request for it, which takes longer.""")
    @Parameter(name = "Range", in = ParameterIn.HEADER)
    @Parameter(name = "If-Range", in = ParameterIn.HEADER)
    @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = HttpHeaders.IF_MODIFIED_SINCE, in = ParameterIn.HEADER)
    @APIResponse(responseCode = "200", ref = "Picture")
    @APIResponse(responseCode = "206", ref = "PartOfPicture")
    @APIResponse(responseCode = "304", ref = "PictureNotModified")
    @APIResponse(responseCode = "404", ref = "NoSuchFile")
    @APIResponse(responseCode = "410", ref = "PictureGone")
    @APIResponse(responseCode = "412", ref = "AnotherPicture")
    @APIResponse(responseCode = "416", ref = "RangeNotSatisfiable")
    @APIResponse(responseCode = "422", ref = "NoRendition")
    @APIResponse(responseCode = "503", ref = "FileUnavailable")
    public Uni<Response> getFile(@PathParam("file") String file, @Context HttpServerRequest request) {
        return renditions.find(file).map(found -> respond(found, request));
    }

    /** Evaluates the preconditions in the order of RFC 9110, 13.2.2. */
    private Response respond(ImageFile found, HttpServerRequest request) {
        StoredImage image = found.file();
        Preconditions preconditions = Preconditions.of(image, clock.instant());
        if (preconditions.failFor(request.headers())) {
            throw Problem.INVALID_REQUEST.with(412,
                    "the image is not the one that If-Match or If-Unmodified-Since requires");
        }
        if (preconditions.isNotModifiedFor(request.headers())) {
            return cacheable(Response.notModified(), found, preconditions).build();
        }
        Optional<ByteRange> part = part(image, preconditions, request);
        ByteRange sent = part.orElse(new ByteRange(0, image.size() - 1));
        ResponseBuilder response = Response.status(part.isPresent() ? Status.PARTIAL_CONTENT : Status.OK)
                .entity(new FileSlice(image.bytes(), sent.first(), sent.length()))
                .type(MimeMapping.getMimeTypeForFilename(image.fileName()))
                .header(HttpHeaders.CONTENT_LENGTH, sent.length())
                .header("Accept-Ranges", ByteRange.UNIT)
                .header(HttpHeaders.CONTENT_DISPOSITION, SavedName.of(image).inline())
                // An image must not run scripts, and the SVG of a stand-in could.
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header("X-Content-Type-Options", "nosniff");
        part.ifPresent(
                range -> response.header(ByteRange.CONTENT_RANGE, range.contentRange(image.size())));
        return cacheable(response, found, preconditions).build();
    }

    /** Empty to send the whole image. Ranges are defined for GET only (RFC 9110, 14.2), and for one header. */
    private static Optional<ByteRange> part(StoredImage image, Preconditions preconditions, HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> ranges = headers.getAll(HttpHeaderNames.RANGE);
        return request.method() == HttpMethod.GET && ranges.size() == 1 && preconditions.allowPart(headers)
                ? ByteRange.of(ranges.get(0), image.size())
                : Optional.empty();
    }

    private ResponseBuilder cacheable(ResponseBuilder response, ImageFile found, Preconditions preconditions) {
        return response.header(HttpHeaders.CACHE_CONTROL, cacheControl(found))
                .header(HttpHeaders.ETAG, preconditions.etag())
                .header(HttpHeaders.LAST_MODIFIED, HttpDate.format(preconditions.lastModified()))
                // Otherwise a cached image that a page shows could not be read by the page's scripts (CORS).
                .header(HttpHeaders.VARY, "Origin");
    }

    /** A cache must not keep the image for longer than its link lasts. */
    private String cacheControl(ImageFile found) {
        long left = Duration.between(clock.instant(), found.expiresAt()).toSeconds();
        return "public, immutable, max-age=" + Math.max(0, left);
    }
}
