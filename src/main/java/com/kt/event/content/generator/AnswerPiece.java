package com.kt.event.content.generator;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientMessageBodyReader;

import io.vertx.core.http.HttpClientResponse;

/**
 * A piece of an answer, and where it comes from: the REST client hands out what comes in whether or not anybody asks for
 * it (resteasy-reactive-client 3.34.1, MultiInvoker), so that who wants no more has to pause the answer itself.
 */
record AnswerPiece(byte[] bytes, HttpClientResponse answer) {
    static final class Reader implements ClientMessageBodyReader<AnswerPiece> {
        @Override
        public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return type == AnswerPiece.class;
        }

        @Override
        public AnswerPiece readFrom(Class<AnswerPiece> type, Type genericType, Annotation[] annotations,
                MediaType mediaType, MultivaluedMap<String, String> headers, InputStream bytes,
                RestClientRequestContext call) throws IOException {
            return new AnswerPiece(bytes.readAllBytes(), call.getVertxClientResponse());
        }

        @Override
        public AnswerPiece readFrom(Class<AnswerPiece> type, Type genericType, Annotation[] annotations,
                MediaType mediaType, MultivaluedMap<String, String> headers, InputStream bytes) {
            throw new UnsupportedOperationException("a piece can only be read by the client that called");
        }
    }
}
