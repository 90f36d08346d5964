package com.kt.event.content.rendition;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.ImageSize;

/** A rendition that is not made yet. It is made once. */
public final class RenditionWork {
    private static final int BEST = 88;
    /** Below, blocks show. */
    private static final int LOWEST = 40;
    /** Of the size that the image could be drawn at, in percent. */
    private static final int STEP = 10;
    private static final int SMALLEST = 30;
    /** Of the decoded image, of the one that is drawn smaller, and of the canvas. */
    private static final int PIXEL = 3 * Integer.BYTES;
    /** Of a JPEG of noise at the best quality, and of a PNG of it, both with what is copied while they grow. */
    private static final int JPEG_PIXEL = 4;
    private static final int PNG_PIXEL = 12;
    /** Of a row of the source: as it is decoded, in linear light, and the weights of its pixels. */
    private static final int ROW_PIXEL = 200;

    private final SourceImage image;
    private final RenditionSpec spec;

    RenditionWork(SourceImage image, RenditionSpec spec) {
        this.image = image;
        this.spec = spec;
    }

    /**
     * What making it takes at most, in bytes: rows of the source, or all of it if it does not arrive row by row, the rendition
     * three times, and its file.
     */
    public long memory() {
        return memory(spec) + image.memory() + ROW_PIXEL * (image.size().width() + (long) image.size().height());
    }

    /** What each rendition takes at most, in bytes, besides its source. */
    public static long memory(RenditionSpec spec) {
        return (long) spec.width() * spec.height()
                * (PIXEL + (spec.format() == ImageFormat.PNG ? PNG_PIXEL : JPEG_PIXEL));
    }

    /**
     * Computes for up to seconds: not for event loops. An image that is smaller than the canvas is enlarged, unless the size is
     * a maximum.
     *
     * @throws IOException if the source cannot be read
     * @throws UndecodableImageException if it is damaged
     * @throws RenditionTooLargeException if the rendition has too many bytes, whatever its quality
     */
    public Rendition make() throws IOException {
        // For a cover the decoded image is the part that is drawn.
        Pixels decoded = decoding(this::decode);
        for (int share = 100; share >= SMALLEST; share -= STEP) {
            Pixels canvas = Canvas.draw(decoded, layout(decoded, share), spec.background());
            byte[] bytes = encode(canvas);
            if (bytes.length <= spec.maxBytes()) {
                return new Rendition(bytes, canvas.width(), canvas.height());
            }
        }
        throw new RenditionTooLargeException("takes more than %d bytes at quality %d and at %d %% of its size"
                .formatted(spec.maxBytes(), LOWEST, SMALLEST));
    }

    private Layout layout(Pixels decoded, int share) {
        return Layout.of(spec, new ImageSize(decoded.width(), decoded.height()), share / 100.0);
    }

    /** At the size that it is drawn at if there are not too many bytes. */
    private Pixels decode() throws IOException {
        boolean isTransposed = image.orientation() >= 5;
        ImageSize stored = image.size();
        Layout layout = Layout.of(spec, isTransposed ? transposed(stored) : stored, 1);
        ImageSize target = isTransposed ? transposed(layout.image()) : layout.image();
        Scaler scaler = new Scaler(Kernel.LANCZOS, stored.width(), stored.height(),
                isTransposed ? layout.part().transposed() : layout.part(), target.width(), target.height());
        image.decode(scaler);
        return scaler.pixels().turned(image.orientation());
    }

    /** What reads the source. */
    interface Decoding<T> {
        T result() throws IOException;
    }

    /** Decoders fail in many ways if the source is damaged. */
    static <T> T decoding(Decoding<T> decoding) throws IOException {
        try {
            return decoding.result();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (EOFException e) {
            throw new UndecodableImageException("incomplete", e);
        } catch (UndecodableImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UndecodableImageException("damaged: " + e.getMessage(), e);
        }
    }

    private static ImageSize transposed(ImageSize size) {
        return new ImageSize(size.height(), size.width());
    }

    /** At the best quality that keeps the limit; at the lowest one if none does. */
    private byte[] encode(Pixels canvas) {
        byte[] best = Encoder.encode(canvas, spec.format(), BEST);
        if (best.length <= spec.maxBytes() || spec.format() == ImageFormat.PNG) {
            return best;
        }
        best = Encoder.encode(canvas, spec.format(), LOWEST);
        for (int low = LOWEST, high = BEST; best.length <= spec.maxBytes() && high - low > 1;) {
            int quality = (low + high) / 2;
            byte[] bytes = Encoder.encode(canvas, spec.format(), quality);
            if (bytes.length <= spec.maxBytes()) {
                low = quality;
                best = bytes;
            } else {
                high = quality;
            }
        }
        return best;
    }
}
