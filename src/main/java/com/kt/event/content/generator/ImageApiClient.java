package com.kt.event.content.generator;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Multi;

/** The OpenAI Images API. Only {@link ImageApi} calls it, which guards it. */
@RegisterRestClient(configKey = "image-api")
@RegisterProvider(AnswerPiece.Reader.class)
interface ImageApiClient {
    /** The answer comes in pieces, so that whoever collects them can pause it, and stop at a limit. */
    @POST
    @Path("/images/generations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Multi<AnswerPiece> generate(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            GenerationRequest request);

    @ClientExceptionMapper
    static RuntimeException toFailure(Response response) {
        return ImageApiFailures.of(response);
    }
}
