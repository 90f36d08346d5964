package com.kt.event.content.api.problem;

import java.util.Set;
import java.util.TreeSet;

import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;

/**
 * Finds the methods of a path in RESTEasy's own tables. RESTEasy's 405 has no Allow, and its response to OPTIONS lists the
 * methods of the whole class, not of the path (resteasy-reactive 3.34.1, ClassRoutingHandler).
 */
public final class AllowedMethods {
    private AllowedMethods() {
    }

    /** The value of {@code Allow}; empty if the path does not exist. */
    public static String of(String path) {
        RequestMatch<InitialMatch> resource = new RequestMapper<>(
                ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()).map(path);
        Set<String> methods = new TreeSet<>();
        if (resource != null) {
            for (ServerRestHandler handler : resource.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    addMethods(routing, resource.remaining, methods);
                }
            }
        }
        return String.join(", ", methods);
    }

    private static void addMethods(ClassRoutingHandler routing, String remaining, Set<String> methods) {
        String path = remaining.isEmpty() ? "/" : remaining;
        routing.getMappers().forEach((method, mapper) -> {
            if (method != null && mapper.map(path) != null) {
                methods.add(method);
            }
        });
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
    }
}
