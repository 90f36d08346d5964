package com.kt.event.content.gallery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

import com.kt.event.content.recommendation.Style;

/**
 * The name under which a browser saves an image: what it is and when it was made, in Korean, and in ASCII for clients that
 * know no other (RFC 6266, 4.3; RFC 8187).
 */
public record SavedName(String ascii, String korean) {
    /** Shop owners are in Korea, which has no summer time. */
    private static final ZoneOffset KOREA = ZoneOffset.ofHours(9);

    public static SavedName of(StoredImage image) {
        return of(image.fileName(), image.lastModified());
    }

    static SavedName of(String fileName, Instant stored) {
        Optional<RenditionName> rendition = RenditionName.of(fileName);
        String imageName = rendition.map(RenditionName::image).orElse(fileName);
        Optional<Style> style = Stream.of(Style.values()).filter(one -> imageName.contains("-" + one.key()))
                .findFirst();
        String end = rendition.map(name -> "-" + name.channel()).orElse("") + "-" + LocalDate.ofInstant(stored, KOREA)
                + fileName.substring(fileName.lastIndexOf('.'));
        return new SavedName("event" + style.map(one -> "-" + one.key()).orElse("") + end,
                "이벤트" + style.map(one -> "-" + one.label()).orElse("") + end);
    }

    /** The value of Content-Disposition for an image that is shown, not saved at once. */
    public String inline() {
        return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''"
                + URLEncoder.encode(korean, StandardCharsets.UTF_8);
    }
}
