package com.kt.event.content.embedded;

import java.util.Optional;

/**
 * State of the stand-ins that survives a live reload, which replaces all classes and with them their static fields: system
 * properties live as long as the JVM.
 */
final class DevState {
    private static final String PREFIX = "embedded.";

    private DevState() {
    }

    static Optional<String> get(String name) {
        return Optional.ofNullable(System.getProperty(PREFIX + name));
    }

    static void set(String name, String value) {
        System.setProperty(PREFIX + name, value);
    }
}
