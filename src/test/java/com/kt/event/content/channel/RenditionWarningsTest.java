package com.kt.event.content.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What the log says of images without renditions. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RenditionWarningsTest {
    /** The image store's directory. */
    Path images;

    @Inject
    Renditions renditions;

    @Test
    void areNotRepeatedWithEachRequest() throws IOException {
        String broken = UUID.randomUUID() + "-fancy";
        String other = UUID.randomUUID() + "-fancy";
        Files.write(images.resolve(broken + ".png"), new byte[1_000]);
        Files.write(images.resolve(other + ".png"), new byte[1_000]);

        try (LogRecords log = LogRecords.of(Renditions.class)) {
            for (String name : new String[]{broken, broken, other, broken}) {
                assertThatThrownBy(() -> renditions.find(name + ".mms.jpg").await().atMost(PatientAwaitility.LIMIT))
                        .isInstanceOf(NoRenditionException.class);
            }

            assertThat(log.lines("%s")).hasSize(2).satisfiesExactly(
                    first -> assertThat(first).startsWith(broken + ".png cannot be decoded"),
                    second -> assertThat(second).startsWith(other + ".png cannot be decoded"));
        }
    }
}
