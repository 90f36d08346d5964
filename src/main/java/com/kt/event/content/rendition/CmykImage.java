package com.kt.event.content.rendition;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

import com.kt.event.content.image.ImageSize;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;

/**
 * A JPEG for printing, which the JDK's reader does not convert. With a profile it is converted according to that, else by the
 * simple formula. The reader decodes what lies above a band of rows again for each band.
 */
final class CmykImage implements SourceImage {
    /** A pixel takes seven bytes while a band is decoded. */
    private static final int BAND = 2_000_000;
    private static final int BAND_PIXEL = 7;

    private final RenditionSource source;
    private final JpegHead head;

    CmykImage(RenditionSource source, JpegHead head) {
        this.source = source;
        this.head = head;
    }

    @Override
    public ImageSize size() {
        return head.size;
    }

    @Override
    public int orientation() {
        return head.orientation;
    }

    @Override
    public long memory() {
        return BAND_PIXEL * Math.min(BAND, head.size.pixels()) + head.coefficients;
    }

    @Override
    public void decode(RowSink sink) throws IOException {
        SourceImage.makeRoom(head.coefficients);
        int rows = Math.max(1, BAND / head.size.width());
        ImageReader reader = provider().createReaderInstance();
        try {
            reader.setInput(new SourceStream(isConverted() ? source : head.pixels()), false, true);
            reader.addIIOReadWarningListener((origin, warning) -> JpegImage.requireHarmless(warning));
            for (int y = 0; y < head.size.height(); y += rows) {
                Rectangle band = new Rectangle(0, y, head.size.width(), Math.min(rows, head.size.height() - y));
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceRegion(band);
                send(reader.read(0, param), y, sink);
            }
        } finally {
            reader.dispose();
        }
    }

    private boolean isConverted() {
        byte[] profile = head.profile();
        return profile != null && ColourProfile.isForCmyk(profile);
    }

    /** It finds the JDK's reader, which it uses, when it is registered. In a native executable it is not registered before. */
    private static ImageReaderSpi provider() {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        synchronized (JPEGImageReaderSpi.class) {
            ImageReaderSpi provider = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
            if (provider == null) {
                provider = new JPEGImageReaderSpi();
                registry.registerServiceProvider(provider, ImageReaderSpi.class);
            }
            return provider;
        }
    }

    private static void send(BufferedImage band, int start, RowSink sink) {
        int[] argb = new int[band.getWidth()];
        int[] samples = null;
        for (int y = 0; y < band.getHeight(); y++) {
            samples = band.getRaster().getPixels(0, y, argb.length, 1, samples);
            for (int x = 0, at = 0; x < argb.length; x++) {
                argb[x] = 0xff000000 | samples[at++] << 16 | samples[at++] << 8 | samples[at++];
            }
            sink.row(start + y, argb);
        }
    }
}
