package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Each script runs by itself, so what they share stands in each of them. */
class BreakerScriptsTest {
    private static final List<String> NAMES = List.of("state", "open", "probe", "close", "release");

    @Test
    void readAndValidateTheValueInTheSameWay() throws IOException {
        List<String> commonParts = new ArrayList<>();
        for (String name : NAMES) {
            String text = text(name);
            int start = text.indexOf("-- The same in each script");
            int end = text.indexOf("-- End of the common part.");
            assertThat(start).as(name).isPositive().isLessThan(end);
            commonParts.add(text.substring(start, end));
        }

        assertThat(commonParts).hasSameSizeAs(NAMES).containsOnly(commonParts.get(0));
    }

    private static String text(String name) throws IOException {
        try (InputStream script = BreakerScriptsTest.class.getResourceAsStream("/redis/breaker/" + name + ".lua")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
