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
import com.kt.event.content.gallery.DraftReader;
import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.StoredRenditions;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobRequest;
import com.kt.event.content.job.ReusableImage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.RecommendationStore;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The use case: turns the selected recommendation of an event draft into a job that generates its images. */
@ApplicationScoped
public class ContentService {
    private static final Set<Style> EVERY_STYLE = EnumSet.allOf(Style.class);

    private final DraftReader draftReader;
    private final RecommendationStore recommendationStore;
    private final JobManager jobManager;
    private final Gallery gallery;
    private final ImageStore imageStore;
    private final StoredRenditions renditions;
    private final Clock clock;
    private final Duration jobTtl;

    ContentService(DraftReader draftReader, RecommendationStore recommendationStore, JobManager jobManager,
            Gallery gallery, ImageStore imageStore, StoredRenditions renditions, Clock clock, JobConfig config) {
        this.draftReader = draftReader;
        this.recommendationStore = recommendationStore;
        this.jobManager = jobManager;
        this.gallery = gallery;
        this.imageStore = imageStore;
        this.renditions = renditions;
        this.clock = clock;
        this.jobTtl = config.job().ttl();
    }

    /**
     * Starts a job for the images in every style, or returns the live job that generates them. Images that were generated
     * from the same recommendation, and do not expire before the job, are reused and not paid for again. Fails with
     * {@link RecommendationNotSelectedException}.
     *
     * @param id of the new job, if one is needed
     */
    public Uni<Job> generateImages(String eventDraftId, JobId id) {
        return draftReader.find(eventDraftId)
                .chain(draft -> requestReusing(eventDraftId, selected(eventDraftId, draft.recommendation()),
                        draft.images()))
                .chain(request -> jobManager.createJob(request, id));
    }

    private Uni<JobRequest> requestReusing(String eventDraftId, Recommendation selected, DraftImages existing) {
        return withoutDeadLinks(existing.reusable(selected, clock.instant().plus(jobTtl)))
                .map(reusable -> JobRequest.of(eventDraftId, selected, EVERY_STYLE, reusable));
    }

    /** An image that the store has lost must be generated again. */
    private Uni<Map<Style, ReusableImage>> withoutDeadLinks(Map<Style, ReusableImage> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(images);
        }
        return Multi.createFrom().iterable(images.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> imageStore.mayBeThere(URI.create(entry.getValue().imageUrl()))
                        .map(mayBe -> mayBe ? entry : null))
                .collect().asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** As {@link #generateImages}, but generates all images again. */
    public Uni<Job> generateNewImages(String eventDraftId, JobId id) {
        return recommendationStore.find(eventDraftId)
                .map(found -> JobRequest.forced(eventDraftId, selected(eventDraftId, found), EVERY_STYLE))
                .chain(request -> jobManager.createJob(request, id));
    }

    /**
     * Generates one image again, from the selected recommendation or, if that has expired, from the one that the draft's
     * images were generated from. Fails with {@link RecommendationNotSelectedException} if there is neither.
     */
    public Uni<Job> regenerateImage(String eventDraftId, Style style, JobId id) {
        return recommendationStore.find(eventDraftId)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : gallery.find(eventDraftId).map(DraftImages::recommendation))
                .map(found -> JobRequest.forced(eventDraftId, selected(eventDraftId, found), EnumSet.of(style)))
                .chain(request -> jobManager.createJob(request, id));
    }

    /**
     * Deletes the images' files and their renditions, then their gallery entries, then the files of images that were published meanwhile. In this
     * order a call that broke off in between can be repeated, because the entries still name the files that are left. A live
     * job may have generated some of the images, so later requests must not be answered with that job.
     */
    public Uni<Void> deleteImages(String eventDraftId) {
        return delete(eventDraftId, EVERY_STYLE);
    }

    /** As {@link #deleteImages}, but deletes the image of one style. */
    public Uni<Void> deleteImage(String eventDraftId, Style style) {
        return delete(eventDraftId, EnumSet.of(style));
    }

    private Uni<Void> delete(String eventDraftId, Set<Style> styles) {
        return gallery.findAll(eventDraftId, styles)
                .chain(this::deleteFiles)
                .chain(() -> gallery.remove(eventDraftId, styles))
                .call(() -> jobManager.forgetLiveJobs(eventDraftId))
                .chain(this::deleteFiles);
    }

    private Uni<Void> deleteFiles(List<GalleryImage> images) {
        return Multi.createFrom().iterable(images)
                .map(GalleryImage::imageUrl)
                .onItem()
                .transformToUniAndMerge(link -> imageStore.delete(link).chain(() -> renditions.deleteAll(link)))
                .onItem().ignoreAsUni();
    }

    private static Recommendation selected(String eventDraftId, Optional<Recommendation> found) {
        return found.orElseThrow(() -> new RecommendationNotSelectedException(eventDraftId));
    }
}
