package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.faults.Provider.Call;

/** A job whose id a client has, as seen from outside: at any instance, and at the provider. */
record AcceptedJob(String id, String draft, Provider provider) {
    static final List<String> STYLES = List.of("simple", "fancy", "trendy");

    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

    JsonNode json(ServiceProcess at) {
        return at.job(id);
    }

    String status(ServiceProcess at) {
        return json(at).path("status").asText();
    }

    JsonNode style(String style, ServiceProcess at) {
        return StreamSupport.stream(json(at).path("styles").spliterator(), false)
                .filter(view -> view.path("style").asText().equals(style)).findFirst().orElseThrow();
    }

    boolean mayBeChargedTwice(String style, ServiceProcess at) {
        return style(style, at).path("possiblyChargedTwice").asBoolean();
    }

    byte[] image(String style, ServiceProcess at) {
        return at.open(style(style, at).path("imageUrl").asText());
    }

    List<Call> calls(String style) {
        return provider.calls(draft, style);
    }

    /** Waits until the job has ended with this status. */
    void endsAs(String end, Duration within, ServiceProcess at) {
        await().atMost(within).until(() -> ENDS.contains(status(at)));
        assertThat(status(at)).as("%s", json(at)).isEqualTo(end);
    }

    /** Every style has a working link to an image that the provider made for it. */
    void hasItsImages(ServiceProcess at) {
        for (String style : STYLES) {
            byte[] image = image(style, at);
            assertThat(calls(style)).as("calls for %s", style).anyMatch(call -> call.drew(image));
        }
    }

    /** There is one call per style, and a second one only if the job reports it. */
    void wasPaidOnceOrSaysSo(ServiceProcess at) {
        for (String style : STYLES) {
            assertThat(calls(style)).as("calls for %s", style)
                    .hasSizeLessThanOrEqualTo(mayBeChargedTwice(style, at) ? 2 : 1);
        }
    }
}
