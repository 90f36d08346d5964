package com.kt.event.content.embedded;

import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The JSON object in the body of a request to a stand-in. */
final class JsonBody {
    private JsonBody() {
    }

    /** Empty if the body is anything else. */
    static Optional<JsonObject> of(RoutingContext request) {
        try {
            return Optional.ofNullable(request.body().asJsonObject());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Empty if there is no such text. */
    static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text.strip() : "";
    }
}
