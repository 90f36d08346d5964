package com.kt.event.content.api;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

import com.kt.event.content.ContentService;
import com.kt.event.content.api.IdempotentRequests.Result;
import com.kt.event.content.api.http.CheckBody;
import com.kt.event.content.api.problem.Problem;
import com.kt.event.content.channel.RenditionLinks;
import com.kt.event.content.gallery.DraftReader;
import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.gallery.NoSuchImageException;
import com.kt.event.content.idempotency.IdempotencyKey;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobId;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisTimeout;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;

/**
 * The diagram's ContentController: starts jobs that generate a draft's images, and lists and deletes the images. All
 * resources share one class path, because JAX-RS selects the class first: with a path of their own, jobs below /images
 * would not be found.
 */
@Path("/api/content")
@Tag(ref = "Images")
public class ContentResource {
    private final ContentService contentService;
    private final IdempotentRequests idempotentRequests;
    private final DraftReader draftReader;
    private final RenditionLinks renditionLinks;
    private final RedisTimeout redisTimeout;

    ContentResource(ContentService contentService, IdempotentRequests idempotentRequests,
            DraftReader draftReader, RenditionLinks renditionLinks, RedisTimeout redisTimeout) {
        this.contentService = contentService;
        this.idempotentRequests = idempotentRequests;
        this.draftReader = draftReader;
        this.renditionLinks = renditionLinks;
        this.redisTimeout = redisTimeout;
    }

    @POST
    @CheckBody
    @ResponseStatus(RestResponse.StatusCode.ACCEPTED)
    @Path("/images/{eventDraftId}/generate")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "generateImages", summary = "Generate the draft's images, one in each style",
            description = """
                    Starts a job and answers as soon as the job is stored. If a job for the same recommendation is running, the
                    response is that job. If images of the same recommendation exist, the new job has them from the start and asks
                    for the missing ones only; with all of them it is COMPLETED at once. So nothing is paid for twice. With
                    `force=true`, all images are generated again.""")
    @APIResponse(responseCode = "202", ref = "JobAccepted")
    @APIResponse(responseCode = "404", ref = "NoRecommendation")
    @APIResponse(responseCode = "409", ref = "LostAnswer")
    @APIResponse(responseCode = "422", ref = "KeyReused")
    @APIResponse(responseCode = "502", ref = "UnreadableRecommendation")
    @APIResponse(responseCode = "503", ref = "Busy")
    public Uni<JobAccepted> generateImages(@PathParam("eventDraftId") @EventDraftId String eventDraftId,
            @QueryParam("force") @DefaultValue("false") @Pattern(regexp = "true|false") String force,
            @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey String key, UriInfo uri,
            @Context HttpServerResponse response) {
        boolean isForced = Boolean.parseBoolean(force);
        // Stored with the key, so the text must not change between versions.
        return accept(key, "generate " + eventDraftId + (isForced ? " anew" : ""), uri, response, isForced
                ? id -> contentService.generateNewImages(eventDraftId, id)
                : id -> contentService.generateImages(eventDraftId, id));
    }

    @POST
    @CheckBody
    @ResponseStatus(RestResponse.StatusCode.ACCEPTED)
    @Path("/images/{eventDraftId}/styles/{style}/regenerate")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "regenerateImage", summary = "Generate one of the draft's images again",
            description = """
                    Uses the recommendation that is selected now. If that has expired, the one that the draft's images were
                    generated from. The old image is kept until the new one is finished. If a job is running that has not
                    finished this style yet, the response is that job.""")
    @APIResponse(responseCode = "202", ref = "JobAccepted")
    @APIResponse(responseCode = "404", ref = "NoRecommendation")
    @APIResponse(responseCode = "409", ref = "LostAnswer")
    @APIResponse(responseCode = "422", ref = "KeyReused")
    @APIResponse(responseCode = "502", ref = "UnreadableRecommendation")
    @APIResponse(responseCode = "503", ref = "Busy")
    public Uni<JobAccepted> regenerateImage(@PathParam("eventDraftId") @EventDraftId String eventDraftId,
            @PathParam("style") String style, @HeaderParam(IdempotencyKey.HEADER) @IdempotencyKey String key,
            UriInfo uri, @Context HttpServerResponse response) {
        Style wanted = known(style);
        return accept(key, "regenerate " + eventDraftId + " " + style, uri, response,
                id -> contentService.regenerateImage(eventDraftId, wanted, id));
    }

    private Uni<JobAccepted> accept(String key, String request, UriInfo uri, HttpServerResponse response,
            Function<JobId, Uni<Job>> work) {
        return redisTimeout.request(key == null
                ? work.apply(JobId.create()).map(Result::first)
                : idempotentRequests.once(key, request, work))
                .map(result -> accepted(result, uri, response));
    }

    private static JobAccepted accepted(Result result, UriInfo uri, HttpServerResponse response) {
        response.putHeader(HttpHeaderNames.LOCATION, JobResource.locationOf(result.job().jobId(), uri));
        response.putHeader(HttpHeaderNames.RETRY_AFTER, RetryAfter.SHORTEST_TEXT);
        if (result.replayed()) {
            response.putHeader(IdempotencyKey.REPLAYED, "true");
        }
        return result.job();
    }

    @GET
    @Path("/images/{eventDraftId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getImages", summary = "The draft's images",
            description = """
                    The newest image of each style, of all jobs of the draft. `outdated` is true if the owner has selected another
                    recommendation since the image was generated.""")
    @APIResponse(responseCode = "200", ref = "Gallery")
    @APIResponse(responseCode = "404", ref = "NoPictures")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<GalleryView> getImages(@PathParam("eventDraftId") @EventDraftId String eventDraftId) {
        // An unreadable recommendation is no reason not to show the images.
        return redisTimeout.request(draftReader.findReadable(eventDraftId).chain(draft -> {
            Map<Style, GalleryImage> images = draft.images().images();
            if (images.isEmpty()) {
                throw new NoSuchImageException("event draft " + eventDraftId + " has no images");
            }
            return renditionLinks.of(images.values())
                    .map(links -> GalleryView.of(eventDraftId, images, draft.recommendation(), links));
        }));
    }

    @DELETE
    @Path("/images/{eventDraftId}")
    @Operation(operationId = "deleteImages", summary = "Delete the draft's images",
            description = """
                    Deletes the files too, so links to them answer 410 for a day, then 404. A running job is not cancelled, and adds the images that
                    it finishes afterwards; cancel it first.""")
    @APIResponse(responseCode = "204", ref = "Deleted")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Void> deleteImages(@PathParam("eventDraftId") @EventDraftId String eventDraftId) {
        return redisTimeout.request(contentService.deleteImages(eventDraftId));
    }

    @DELETE
    @Path("/images/{eventDraftId}/styles/{style}")
    @Operation(operationId = "deleteImage", summary = "Delete one of the draft's images",
            description = """
                    Deletes the file too, so links to it answer 410 for a day, then 404. A running job is not cancelled, and adds the image if it
                    finishes it afterwards; cancel it first.""")
    @APIResponse(responseCode = "204", ref = "Deleted")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Uni<Void> deleteImage(@PathParam("eventDraftId") @EventDraftId String eventDraftId,
            @PathParam("style") String style) {
        return redisTimeout.request(contentService.deleteImage(eventDraftId, known(style)));
    }

    private static Style known(String style) {
        return Style.ofKey(style).orElseThrow(() -> Problem.INVALID_REQUEST.with("a style is one of "
                + Stream.of(Style.values()).map(Style::key).collect(Collectors.joining(", "))));
    }
}
