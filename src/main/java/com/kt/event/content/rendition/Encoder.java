package com.kt.event.content.rendition;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import com.kt.event.content.image.ImageFormat;

/**
 * Encodes an image without alpha and metadata: a JPEG in JFIF, with chroma at half the resolution, or a PNG. Neither names its
 * colours, which are therefore sRGB.
 */
final class Encoder {
    private static final int RED = 0xff0000;
    private static final int GREEN = 0xff00;
    private static final int BLUE = 0xff;

    private Encoder() {
    }

    /** @param quality from 0 to 100; a PNG has none */
    static byte[] encode(Pixels image, ImageFormat format, int quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = JdkCodecs.writer(format == ImageFormat.JPEG ? "jpeg" : "png");
            try {
                writer.setOutput(output);
                writer.write(null, new IIOImage(buffered(image), null, null), param(writer, quality));
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new IllegalStateException("an image in memory cannot be encoded", e);
        }
        return bytes.toByteArray();
    }

    private static ImageWriteParam param(ImageWriter writer, int quality) {
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (param instanceof JPEGImageWriteParam jpeg) {
            param.setCompressionQuality(quality / 100f);
            jpeg.setOptimizeHuffmanTables(true);
        } else {
            // The strongest compression, which takes nothing from a PNG.
            param.setCompressionQuality(0);
        }
        return param;
    }

    private static BufferedImage buffered(Pixels image) {
        DataBufferInt data = new DataBufferInt(image.rgb(), image.rgb().length);
        return new BufferedImage(new DirectColorModel(24, RED, GREEN, BLUE), Raster.createPackedRaster(data,
                image.width(), image.height(), image.width(), new int[]{RED, GREEN, BLUE}, null), false, null);
    }
}
