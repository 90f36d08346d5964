package com.kt.event.content.embedded;

import java.awt.Font;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds a font that has the letters of a poster. */
final class PosterFont {
    private static final int ANY_SIZE = 12;

    private PosterFont() {
    }

    /** The first of the look's families that has all letters and digits; an emoji may be missing. */
    static Optional<Font> of(PosterLook look, Poster poster) {
        String text = look.label() + Poster.NOTE + poster.title() + poster.tagline();
        return orNone(() -> Stream.concat(look.families().stream(), Stream.of(look.logicalFamily()))
                .flatMap(family -> installed(family, look.fontStyle()).stream())
                .filter(font -> text.codePoints().filter(Character::isLetterOrDigit).allMatch(font::canDisplay))
                .findFirst());
    }

    /** A JDK on a machine without FreeType or Fontconfig fails to load its fonts, each time in another way. */
    static Optional<Font> orNone(Supplier<Optional<Font>> search) {
        try {
            return search.get();
        } catch (LinkageError | InternalError e) {
            return Optional.empty();
        }
    }

    /** The JDK replaces a family that is not installed by another one. */
    private static Optional<Font> installed(String family, int style) {
        Font font = new Font(family, style, ANY_SIZE);
        return font.getFamily().equals(family) ? Optional.of(font) : Optional.empty();
    }
}
