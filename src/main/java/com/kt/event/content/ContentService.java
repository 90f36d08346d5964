package com.kt.event.content;

import java.util.EnumSet;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.RecommendationStore;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Uni;

/** The use case: whoever has selected a recommendation gets a job that draws it in every style. */
@ApplicationScoped
public class ContentService {
    private final RecommendationStore recommendations;
    private final JobManager jobManager;

    ContentService(RecommendationStore recommendations, JobManager jobManager) {
        this.recommendations = recommendations;
        this.jobManager = jobManager;
    }

    /** Fails with {@link RecommendationNotSelectedException}, and as its two steps do. */
    public Uni<Job> generateImages(String eventDraftId) {
        return recommendations.find(eventDraftId)
                .map(found -> found.orElseThrow(() -> new RecommendationNotSelectedException(eventDraftId)))
                .chain(selected -> jobManager.createJob(eventDraftId, selected, EnumSet.allOf(Style.class)));
    }
}
