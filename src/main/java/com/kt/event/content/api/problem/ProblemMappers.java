package com.kt.event.content.api.problem;

import jakarta.ws.rs.ext.Provider;

import com.kt.event.content.channel.NoRenditionException;
import com.kt.event.content.channel.NoSuchChannelException;
import com.kt.event.content.channel.TooManyRenditionsException;
import com.kt.event.content.gallery.ImageGoneException;
import com.kt.event.content.gallery.NoSuchImageException;
import com.kt.event.content.gallery.StoreUnavailableException;
import com.kt.event.content.idempotency.IdempotencyKeyReusedException;
import com.kt.event.content.idempotency.LostResponseException;
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

/** Maps the exceptions of the features, which know nothing of HTTP, to problems. A mapper for each, found by Quarkus. */
final class ProblemMappers {
    private ProblemMappers() {
    }

    @Provider
    static final class NotSelected extends ExceptionMapperBase<RecommendationNotSelectedException> {
        @Override
        protected HttpProblem toProblem(RecommendationNotSelectedException exception) {
            return Problem.RECOMMENDATION_NOT_SELECTED.with(exception.getMessage());
        }
    }

    @Provider
    static final class UnreadableRecommendation extends ExceptionMapperBase<UnreadableRecommendationException> {
        @Override
        protected HttpProblem toProblem(UnreadableRecommendationException exception) {
            return Problem.RECOMMENDATION_UNREADABLE
                    .with("the recommendation cannot be read: " + exception.getMessage());
        }
    }

    @Provider
    static final class NoSuchJob extends ExceptionMapperBase<NoSuchJobException> {
        @Override
        protected HttpProblem toProblem(NoSuchJobException exception) {
            return Problem.NO_SUCH_JOB.with(exception.getMessage());
        }
    }

    @Provider
    static final class NoSuchImage extends ExceptionMapperBase<NoSuchImageException> {
        @Override
        protected HttpProblem toProblem(NoSuchImageException exception) {
            return Problem.NO_IMAGES.with(exception.getMessage());
        }
    }

    @Provider
    static final class ImageGone extends ExceptionMapperBase<ImageGoneException> {
        @Override
        protected HttpProblem toProblem(ImageGoneException exception) {
            return Problem.IMAGE_GONE.with(exception.getMessage());
        }
    }

    @Provider
    static final class NoSuchChannel extends ExceptionMapperBase<NoSuchChannelException> {
        @Override
        protected HttpProblem toProblem(NoSuchChannelException exception) {
            return Problem.NO_IMAGES.with(exception.getMessage());
        }
    }

    @Provider
    static final class NoRendition extends ExceptionMapperBase<NoRenditionException> {
        @Override
        protected HttpProblem toProblem(NoRenditionException exception) {
            return Problem.NO_RENDITION.with(exception.getMessage());
        }
    }

    @Provider
    static final class TooManyRenditions extends ExceptionMapperBase<TooManyRenditionsException> {
        @Override
        protected HttpProblem toProblem(TooManyRenditionsException exception) {
            return Problem.TOO_MUCH_QUEUED.with(exception.getMessage());
        }
    }

    @Provider
    static final class IllegalMove extends ExceptionMapperBase<IllegalMoveException> {
        @Override
        protected HttpProblem toProblem(IllegalMoveException exception) {
            return Problem.CONFLICT.with(exception.getMessage());
        }
    }

    @Provider
    static final class KeyReused extends ExceptionMapperBase<IdempotencyKeyReusedException> {
        @Override
        protected HttpProblem toProblem(IdempotencyKeyReusedException exception) {
            return Problem.IDEMPOTENCY_KEY_REUSED.with(exception.getMessage());
        }
    }

    @Provider
    static final class LostResponse extends ExceptionMapperBase<LostResponseException> {
        @Override
        protected HttpProblem toProblem(LostResponseException exception) {
            return Problem.CONFLICT.with(exception.getMessage());
        }
    }

    @Provider
    static final class NotAccepted extends ExceptionMapperBase<NotAcceptedException> {
        @Override
        protected HttpProblem toProblem(NotAcceptedException exception) {
            return Problem.DEPENDENCY_DOWN.with("the job could not be stored");
        }
    }

    @Provider
    static final class QueueFull extends ExceptionMapperBase<QueueFullException> {
        @Override
        protected HttpProblem toProblem(QueueFullException exception) {
            return Problem.TOO_MUCH_QUEUED.with(exception.getMessage());
        }
    }

    @Provider
    static final class RedisUnavailable extends ExceptionMapperBase<RedisUnavailableException> {
        @Override
        protected HttpProblem toProblem(RedisUnavailableException exception) {
            return Problem.DEPENDENCY_DOWN.with("the job store does not answer");
        }
    }

    @Provider
    static final class StoreUnavailable extends ExceptionMapperBase<StoreUnavailableException> {
        @Override
        protected HttpProblem toProblem(StoreUnavailableException exception) {
            return Problem.DEPENDENCY_DOWN.with("the image store does not answer");
        }
    }

    @Provider
    static final class UnreadableValue extends ExceptionMapperBase<UnreadableValueException> {
        @Override
        protected HttpProblem toProblem(UnreadableValueException exception) {
            return Problem.UNEXPECTED.with(null);
        }
    }
}
