package com.kt.event.content;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.gallery.DraftImages;
import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.RecommendationStore;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The use case: whoever has selected a recommendation gets a job that draws it in every style. */
@ApplicationScoped
public class ContentService {
    private static final Set<Style> EVERY_STYLE = EnumSet.allOf(Style.class);

    private final RecommendationStore recommendations;
    private final JobManager jobManager;
    private final Gallery gallery;
    private final ImageStore store;
    private final Clock clock;
    private final Duration jobTtl;

    ContentService(RecommendationStore recommendations, JobManager jobManager, Gallery gallery, ImageStore store,
            Clock clock, JobConfig config) {
        this.recommendations = recommendations;
        this.jobManager = jobManager;
        this.gallery = gallery;
        this.store = store;
        this.clock = clock;
        this.jobTtl = config.job().ttl();
    }

    /**
     * Images that were made from the same recommendation, and live as long as the job does, are not paid for again.
     * Fails with {@link RecommendationNotSelectedException}, and as its steps do.
     *
     * @param id of the job, where a new one is needed
     */
    public Uni<Job> generateImages(String eventDraftId, JobId id) {
        return Uni.combine().all().unis(recommendations.find(eventDraftId), gallery.find(eventDraftId)).asTuple()
                .chain(found -> finish(eventDraftId, selected(eventDraftId, found.getItem1()), found.getItem2()))
                .chain(request -> jobManager.createJob(request, id));
    }

    private Uni<JobRequest> finish(String eventDraftId, Recommendation selected, DraftImages existing) {
        return withoutDeadLinks(existing.links(selected, clock.instant().plus(jobTtl)))
                .map(links -> JobRequest.of(eventDraftId, selected, EVERY_STYLE, links));
    }

    /** Where the store has lost an image, its link would finish a job that shows nothing. */
    private Uni<Map<Style, String>> withoutDeadLinks(Map<Style, String> links) {
        return Multi.createFrom().iterable(links.entrySet())
                .onItem().transformToUniAndConcatenate(entry -> store.mayBeThere(URI.create(entry.getValue()))
                        .map(mayBe -> mayBe ? entry : null))
                .collect().asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** As {@link #generateImages}, but all images are made anew. */
    public Uni<Job> generateNewImages(String eventDraftId, JobId id) {
        return recommendations.find(eventDraftId)
                .map(found -> JobRequest.forced(eventDraftId, selected(eventDraftId, found), EVERY_STYLE))
                .chain(request -> jobManager.createJob(request, id));
    }

    /**
     * Makes one image anew: from the recommendation that is selected, or, where the AI service's has expired, from the
     * one that the draft's images were made from. Fails with {@link RecommendationNotSelectedException} without either.
     */
    public Uni<Job> regenerateImage(String eventDraftId, Style style, JobId id) {
        return recommendations.find(eventDraftId)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : gallery.find(eventDraftId).map(DraftImages::recommendation))
                .map(found -> JobRequest.forced(eventDraftId, selected(eventDraftId, found), EnumSet.of(style)))
                .chain(request -> jobManager.createJob(request, id));
    }

    /**
     * Deletes the images' files and takes them down. In that order, and again for what was hung meanwhile: whoever breaks
     * off in between, and is asked again, still knows which files are left. A live job may have made some of them, so it
     * will not do for whoever asks for images afterwards.
     */
    public Uni<Void> deleteImages(String eventDraftId, Set<Style> styles) {
        return gallery.findAll(eventDraftId, styles)
                .chain(this::deleteFiles)
                .chain(() -> gallery.remove(eventDraftId, styles))
                .call(() -> jobManager.forgetLiveJobs(eventDraftId))
                .chain(this::deleteFiles);
    }

    private Uni<Void> deleteFiles(List<GalleryImage> images) {
        return Multi.createFrom().iterable(images)
                .map(GalleryImage::imageUrl)
                .onItem().transformToUniAndMerge(store::delete)
                .onItem().ignoreAsUni();
    }

    private static Recommendation selected(String eventDraftId, Optional<Recommendation> found) {
        return found.orElseThrow(() -> new RecommendationNotSelectedException(eventDraftId));
    }
}
