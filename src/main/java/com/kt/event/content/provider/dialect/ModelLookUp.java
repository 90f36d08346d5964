package com.kt.event.content.provider.dialect;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderCall;
import com.kt.event.content.provider.ProviderRequest;
import com.kt.event.content.provider.ProviderResponse;
import com.kt.event.content.provider.ProviderStatus;

import io.smallrye.mutiny.Uni;

/** The requests by which providers are asked for a model. */
final class ModelLookUp {
    private static final int DATE_LENGTH = 10;

    private ModelLookUp() {
    }

    /** By an address that only a known model has. OpenAI names there the day on which the model is shut down. */
    static Uni<ProviderStatus> byAddress(ProviderRequest request, ProviderCall call) {
        return call.<ProviderStatus>send(request, response -> ProviderStatus.of(response).withModel(true)
                .withShutdown(shutdown(response)))
                .onFailure(ModelLookUp::isModelFault)
                .recoverWithItem(ProviderStatus.ACCEPTED.withModel(false));
    }

    /** A description may be longer than what is read. */
    private static Optional<LocalDate> shutdown(ProviderResponse response) {
        try {
            return date(response.read(JsonNode.class).path("shutdown_date"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * By a list of models.
     *
     * @param contains whether the body of the response names the model of this name
     */
    static Uni<ProviderStatus> byList(ProviderRequest request, ProviderCall call,
            BiPredicate<JsonNode, String> contains) {
        return call.send(request, response -> ProviderStatus.of(response)
                .withModel(contains.test(response.read(JsonNode.class), call.config().model())));
    }

    /**
     * By something that every account has. It says nothing about models.
     *
     * @param remark why the model cannot be asked for
     */
    static Uni<ProviderStatus> ofKey(ProviderRequest request, ProviderCall call, String remark) {
        return call.send(request, response -> ProviderStatus.of(response).withRemark(remark));
    }

    /** Whether the address does not exist, or not for this model, or has something else. */
    static boolean isNotFound(Throwable failure) {
        return isModelFault(failure) || isFault(failure, OperatorFault.ADDRESS)
                || failure instanceof ImageFailure known && known.reason() == ImageFailure.Reason.INVALID;
    }

    static boolean isModelFault(Throwable failure) {
        return isFault(failure, OperatorFault.MODEL);
    }

    private static boolean isFault(Throwable failure, OperatorFault fault) {
        return failure instanceof ImageFailure.Operator operator && operator.fault() == fault;
    }

    private static Optional<LocalDate> date(JsonNode value) {
        try {
            return Optional.ofNullable(Json.text(value)).filter(text -> text.length() >= DATE_LENGTH)
                    .map(text -> LocalDate.parse(text.substring(0, DATE_LENGTH)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
