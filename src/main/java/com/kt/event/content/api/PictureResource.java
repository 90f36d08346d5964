package com.kt.event.content.api;

import java.time.Duration;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.kt.event.content.gallery.GalleryConfig;
import com.kt.event.content.gallery.ImageStore;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.impl.MimeMapping;

/** Serves the pictures themselves. */
@Path("/api/content")
@Tag(ref = "Images")
public class PictureResource {
    private final ImageStore store;
    private final CacheControl forLong;

    PictureResource(ImageStore store, GalleryConfig config) {
        this.store = store;
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
    @Operation(operationId = "getFile", summary = "Get a picture",
            description = """
                    The address in `imageUrl`. It needs no credentials and works until `expiresAt` at least. A picture never changes,
                    so browsers and proxies may keep it.""")
    @APIResponse(responseCode = "200", ref = "Picture")
    @APIResponse(responseCode = "404", ref = "NoSuchFile")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Response> getFile(@PathParam("file") String file) {
        return store.find(file).map(picture -> Response.ok(picture, MimeMapping.getMimeTypeForFilename(file))
                .cacheControl(forLong)
                // What a provider drew is shown, never run: SVG of a stand-in included.
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                // Else a cached picture that a page shows would not do for the same page's script (CORS).
                .header(HttpHeaders.VARY, "Origin")
                .build());
    }
}
