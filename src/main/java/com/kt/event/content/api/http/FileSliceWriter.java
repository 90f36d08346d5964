package com.kt.event.content.api.http;

import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

import com.kt.event.content.gallery.ImageGoneException;
import com.kt.event.content.gallery.NoSuchImageException;
import com.kt.event.content.gallery.StoreUnavailableException;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Sends an image file. If the file cannot be opened, because the image was deleted since the resource found it, the
 * framework's own writer drops the failure and never responds. It also sends a requested part as if it were the whole
 * (resteasy-reactive 3.34.1, ServerFileBodyHandler).
 */
@Provider
public class FileSliceWriter implements ServerMessageBodyWriter<FileSlice> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, ResteasyReactiveResourceInfo target,
            MediaType mediaType) {
        return type == FileSlice.class;
    }

    @Override
    public void writeResponse(FileSlice slice, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        RoutingContext event = request.unwrap(RoutingContext.class);
        HttpServerResponse response = event.response();
        request.suspend();
        FileSliceResponse.send(slice, event.request()).onComplete(sent -> {
            if (sent.succeeded() || response.headWritten()) {
                request.resume();
            } else {
                response.headers().remove(HttpHeaders.CONTENT_TYPE);
                request.resume(described(sent.cause()));
            }
        });
    }

    /** The resource has found the image: if it is missing now, it has been deleted in between. */
    static Throwable described(Throwable failure) {
        if (failure instanceof StoreUnavailableException) {
            return failure;
        }
        return failure instanceof NoSuchImageException
                ? new ImageGoneException()
                : new NoSuchImageException("the image file is not what it was");
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == FileSlice.class;
    }

    @Override
    public void writeTo(FileSlice slice, Class<?> type, Type genericType, Annotation[] annotations,
            MediaType mediaType, MultivaluedMap<String, Object> headers, OutputStream body) {
        throw new UnsupportedOperationException("sent without a stream");
    }
}
