package com.kt.event.content.api.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.kt.event.content.gallery.NoSuchImageException;
import com.kt.event.content.gallery.StoreUnavailableException;
import com.kt.event.content.idempotency.IdempotencyKeyReusedException;
import com.kt.event.content.idempotency.LostAnswerException;
import com.kt.event.content.job.IllegalMoveException;
import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.job.NotAcceptedException;
import com.kt.event.content.job.QueueFullException;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.UnreadableRecommendationException;
import com.kt.event.content.redis.RedisUnavailableException;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;

/** Turns what the features throw, who know nothing of HTTP, into problems. */
class ProblemMapper {
    @ServerExceptionMapper
    Response notSelected(RecommendationNotSelectedException failure, UriInfo uri) {
        return respond(Problem.RECOMMENDATION_NOT_SELECTED.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response unreadable(UnreadableRecommendationException failure, UriInfo uri) {
        return respond(Problem.RECOMMENDATION_UNREADABLE.with("the recommendation cannot be read: "
                + failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response noSuchJob(NoSuchJobException failure, UriInfo uri) {
        return respond(Problem.NO_SUCH_JOB.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response noImages(NoSuchImageException failure, UriInfo uri) {
        return respond(Problem.NO_IMAGES.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response illegalMove(IllegalMoveException failure, UriInfo uri) {
        return respond(Problem.CONFLICT.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response keyReused(IdempotencyKeyReusedException failure, UriInfo uri) {
        return respond(Problem.IDEMPOTENCY_KEY_REUSED.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response lostAnswer(LostAnswerException failure, UriInfo uri) {
        return respond(Problem.CONFLICT.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response notAccepted(NotAcceptedException failure, UriInfo uri) {
        return respond(Problem.DEPENDENCY_DOWN.with("the job could not be written down"), failure, uri);
    }

    @ServerExceptionMapper
    Response unreadableValue(UnreadableValueException failure, UriInfo uri) {
        return respond(Problem.UNEXPECTED.with(null), failure, uri);
    }

    @ServerExceptionMapper
    Response tooMuchQueued(QueueFullException failure, UriInfo uri) {
        return respond(Problem.TOO_MUCH_QUEUED.with(failure.getMessage()), failure, uri);
    }

    @ServerExceptionMapper
    Response dependencyDown(RedisUnavailableException failure, UriInfo uri) {
        return respond(Problem.DEPENDENCY_DOWN.with("the job store does not answer"), failure, uri);
    }

    @ServerExceptionMapper
    Response storeUnavailable(StoreUnavailableException failure, UriInfo uri) {
        return respond(Problem.DEPENDENCY_DOWN.with("the image store does not answer"), failure, uri);
    }

    private static Response respond(HttpProblem problem, RuntimeException failure, UriInfo uri) {
        return ExceptionMapperBase.postProcessorsRegistry
                .applyPostProcessing(problem, ProblemContext.of(failure, uri)).toResponse();
    }
}
