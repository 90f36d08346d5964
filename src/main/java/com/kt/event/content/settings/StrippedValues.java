package com.kt.event.content.settings;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/**
 * Strips white space from both ends of values. A Kubernetes secret often ends with the line break of the file from which
 * it was created; a header cannot carry such a key, and Redis refuses such a password.
 */
@Priority(Priorities.APPLICATION)
public class StrippedValues implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue found = context.proceed(name);
        if (found == null || found.getValue() == null || !isOurs(name)) {
            return found;
        }
        String value = found.getValue();
        String stripped = name.endsWith(".password") ? withoutLineBreaks(value) : value.strip();
        return stripped.equals(value) ? found : found.withValue(stripped);
    }

    private static boolean isOurs(String name) {
        return name.startsWith("content.") || name.startsWith("quarkus.redis.")
                || name.startsWith("quarkus.rest-client.");
    }

    /** A password may end with a space, but hardly with a line break. */
    private static String withoutLineBreaks(String value) {
        return value.replaceAll("[\\r\\n]+\\z", "");
    }
}
