package com.kt.event.content.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.kt.event.content.recommendation.Style;

/**
 * The names of image files: the id of the job, the style, for a store that needs one the number of the attempt to write it,
 * and the extension of the image's format. A rendition has the name of its image, the channel and the extension.
 */
final class ImageNames {
    static final List<String> EXTENSIONS = List.of("png", "jpg", "webp", "svg");

    private static final String UNFINISHED = ".part";

    /** As UUID.randomUUID writes it. */
    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private static final int ID_LENGTH = 36;

    private static final String NAME = ID + "-("
            + Arrays.stream(Style.values()).map(Style::key).collect(Collectors.joining("|")) + ")(-[0-9a-f]{8})?";
    private static final Pattern IMAGE = Pattern.compile(NAME + "\\.(" + String.join("|", EXTENSIONS) + ")");
    private static final Pattern RENDITION = Pattern
            .compile("(?<image>" + NAME + ")\\.(?<channel>" + RenditionName.CHANNEL + ")\\.(?<extension>jpg|png)");
    /** The name of an image, and something that may be meant for a channel and an extension. */
    private static final Pattern LIKE_A_RENDITION = Pattern
            .compile("(?<image>" + NAME + ")\\.(?<channel>.*)\\.(?<extension>[^.]*)", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile(ID + Pattern.quote(UNFINISHED));

    private ImageNames() {
    }

    /** Whether this service gives a file such a name. */
    static boolean isImage(String fileName) {
        return IMAGE.matcher(fileName).matches();
    }

    /** Whether this service gives a file such a name, be it an image or a rendition. */
    static boolean isOurs(String fileName) {
        return isImage(fileName) || rendition(fileName).isPresent();
    }

    /** Empty if this is not the name of a rendition. */
    static Optional<RenditionName> rendition(String fileName) {
        return rendition(RENDITION, fileName);
    }

    /** As {@link #rendition}, but of any channel and extension, with which no file may be stored. */
    static Optional<RenditionName> likeARendition(String fileName) {
        return rendition(LIKE_A_RENDITION, fileName);
    }

    private static Optional<RenditionName> rendition(Pattern pattern, String fileName) {
        Matcher rendition = pattern.matcher(fileName);
        return rendition.matches()
                ? Optional.of(new RenditionName(rendition.group("image"), rendition.group("channel"),
                        rendition.group("extension")))
                : Optional.empty();
    }

    /** The name of the image in a file: without the extension. */
    static String imageName(String fileName) {
        return fileName.substring(0, fileName.indexOf('.'));
    }

    static boolean isSvg(String fileName) {
        return fileName.endsWith(".svg");
    }

    /** A name that is different for each attempt to write the image. */
    static String ofAttempt(String name, String extension) {
        return "%s-%08x.%s".formatted(name, ThreadLocalRandom.current().nextInt(), extension);
    }

    /** The name of a file that is not an image, or not yet. */
    static String newPart() {
        return UUID.randomUUID() + UNFINISHED;
    }

    /** Whether {@link #newPart} gives a file such a name. */
    static boolean isPart(String fileName) {
        return PART.matcher(fileName).matches();
    }

    /** The names of image files in a text. */
    static Stream<String> in(String text) {
        return IMAGE.matcher(text).results().map(MatchResult::group);
    }

    /** The id of the job that a file name begins with. */
    static String jobId(String fileName) {
        return fileName.substring(0, ID_LENGTH);
    }
}
