package com.kt.event.content.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the addresses of HTTP may be that somebody sets. */
public final class HttpAddresses {
    public static final int MAX_PORT = 65_535;

    private HttpAddresses() {
    }

    /** What is wrong with it, in words that follow "it"; empty where nothing is. Never quotes the address. */
    public static Optional<String> fault(String text) {
        try {
            return fault(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.of(e.getIndex() < 0
                    ? "is no address"
                    : "is no address, for the character at " + (e.getIndex() + 1) + " cannot be there");
        }
    }

    /** See {@link #fault(String)}. */
    public static Optional<String> fault(URI address) {
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.of("must begin with http:// or https://");
        }
        if (address.getRawUserInfo() != null || has(address.getRawAuthority(), '@')) {
            return Optional.of("must not hold a user or a password, which would be seen in logs and links");
        }
        if (address.getHost() == null) {
            return Optional.of("has no host of letters, digits, hyphens and dots, or a port that is no number");
        }
        // Where none is set it is the protocol's.
        if (address.getPort() != -1 && !isPort(address.getPort())) {
            return Optional.of("has a port that is not from 1 to " + MAX_PORT);
        }
        return address.getRawFragment() == null
                ? Optional.empty()
                : Optional.of("must not have a part after #, which is never sent");
    }

    private static boolean has(String text, char character) {
        return text != null && text.indexOf(character) >= 0;
    }

    /** Whether somebody can listen at it. */
    public static boolean isPort(int port) {
        return port >= 1 && port <= MAX_PORT;
    }
}
