package com.kt.event.content.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The rules for HTTP addresses in settings. */
public final class HttpAddresses {
    public static final int MAX_PORT = 65_535;

    private HttpAddresses() {
    }

    /** The fault of an address as the end of a sentence ("must begin with …"); empty if it has none. Never quotes the address. */
    public static Optional<String> fault(String text) {
        try {
            return fault(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.of(e.getIndex() < 0
                    ? "is not an address"
                    : "is not an address: the character at position " + (e.getIndex() + 1) + " is not allowed");
        }
    }

    /** See {@link #fault(String)}. */
    public static Optional<String> fault(URI address) {
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.of("must begin with http:// or https://");
        }
        if (address.getRawUserInfo() != null || has(address.getRawAuthority(), '@')) {
            return Optional.of("must not contain a user or a password, which would appear in logs and links");
        }
        if (address.getHost() == null) {
            return Optional.of("has no host of letters, digits, hyphens and dots, or a port that is not a number");
        }
        // Without a port it is the default of the protocol.
        if (address.getPort() != -1 && !isPort(address.getPort())) {
            return Optional.of("has a port that is not from 1 to " + MAX_PORT);
        }
        return address.getRawFragment() == null
                ? Optional.empty()
                : Optional.of("must not have a fragment (#…), which is never sent");
    }

    private static boolean has(String text, char character) {
        return text != null && text.indexOf(character) >= 0;
    }

    /** Whether a server can listen on it. */
    public static boolean isPort(int port) {
        return port >= 1 && port <= MAX_PORT;
    }
}
