package com.kt.event.content.embedded;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The poster as a PNG, for those who need pixels. It needs fonts on this machine; the SVG needs those of the browser. */
final class PosterPainter {
    /** Of the design, in pixels. */
    static final int SIZE = 1024;

    private PosterPainter() {
    }

    /**
     * Empty if no font of this machine has the letters of the poster.
     *
     * @param width in pixels; the poster is drawn in the middle, as large as possible
     * @param height as the width
     */
    static Optional<byte[]> png(Poster poster, int width, int height) {
        PosterLook look = PosterLook.of(poster.style());
        return PosterFont.of(look, poster).filter(font -> !drawable(poster.title(), font).isBlank())
                .map(font -> {
                    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
                    paint(image, look, font, new Poster(poster.style(), drawable(poster.title(), font),
                            drawable(poster.tagline(), font)));
                    return encoded(image);
                });
    }

    /** Without emoji that the font does not have, and what joins them: they would take room in a line. */
    private static String drawable(String text, Font font) {
        return text.codePoints()
                .filter(letter -> font.canDisplay(letter) && Character.getType(letter) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static void paint(BufferedImage image, PosterLook look, Font font, Poster poster) {
        double scale = (double) Math.min(image.getWidth(), image.getHeight()) / SIZE;
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            canvas.translate((image.getWidth() - scale * SIZE) / 2, (image.getHeight() - scale * SIZE) / 2);
            canvas.scale(scale, scale);
            look.paintBackground(canvas, poster.hue());
            look.paintText(canvas, font, new Poster.Line(look.label(), 296, 32));
            poster.titleLines().forEach(line -> look.paintText(canvas, font, line));
            poster.taglineLines().forEach(line -> look.paintText(canvas, font, line));
            look.paintText(canvas, font, new Poster.Line(Poster.NOTE, 948, 20));
        } finally {
            canvas.dispose();
        }
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
