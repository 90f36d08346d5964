package com.kt.event.content.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.rendition.RenditionSpec;

class RenditionLinksTest {
    private static final URI LINK = URI.create("http://localhost/x.mms.jpg");
    /** At most 1280 x 720. */
    private static final RenditionSpec MMS = ShippedChannels.all().get("mms");

    /** An image that is turned is drawn upright. */
    @ParameterizedTest
    @CsvSource({"2048,1024,,1280,640", "2048,1024,true,360,720", "2048,1024,false,1280,640", "100,200,,100,200",
            "100,200,true,200,100", ",,,,"})
    void sayWhichSizeARenditionWillHave(Integer width, Integer height, Boolean isTurned, Integer expectedWidth,
            Integer expectedHeight) {
        ImageDetails details = new ImageDetails("image/jpeg", width, height, 9, "00", isTurned);

        RenditionLink link = RenditionLinks.ofSizeOf(details, MMS, LINK);

        assertThat(link.width()).isEqualTo(expectedWidth);
        assertThat(link.height()).isEqualTo(expectedHeight);
    }
}
