package com.kt.event.content.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.StoreUnavailableException;
import com.kt.event.content.gallery.StoredRenditions;
import com.kt.event.content.rendition.RenditionMaker;
import com.kt.event.content.rendition.RenditionSource;
import com.kt.event.content.rendition.RenditionSpec;
import com.kt.event.content.rendition.RenditionWork;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** An image that cannot be read any more while a rendition is made of it, as on a network file system. */
@QuarkusTest
@WithTestResource(StandIns.class)
class UnreadableSourceTest {
    /** The image store's directory. */
    Path images;

    @Inject
    Channels channels;

    @Inject
    RenditionWorkers workers;

    @Inject
    ImageStore store;

    @Inject
    StoredRenditions stored;

    @Inject
    MeterRegistry meters;

    @Test
    void isAStoreThatIsUnavailable() throws IOException {
        String image = UUID.randomUUID() + "-fancy";
        Files.write(images.resolve(image + ".png"), new byte[1_000]);
        Renditions renditions = new Renditions(channels, new RenditionMaker() {
            @Override
            public RenditionWork open(RenditionSource source, RenditionSpec spec) throws IOException {
                throw new IOException("Stale file handle");
            }
        }, workers, store, stored, meters);

        assertThatThrownBy(() -> renditions.find(image + ".mms.jpg").await().atMost(PatientAwaitility.LIMIT))
                .isInstanceOf(StoreUnavailableException.class).hasMessageContaining("Stale file handle");
    }
}
