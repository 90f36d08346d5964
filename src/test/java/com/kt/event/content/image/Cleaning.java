package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.imageio.ImageIO;

/** The base of the tests of what is removed from images: real images, and metadata to put into them. */
abstract class Cleaning {
    static final String XMP = "<x:xmpmeta><dc:creator>Kim</dc:creator></x:xmpmeta>";
    static final String PLACE = "<x:xmpmeta exif:GPSLatitude=\"37,33.6N\"/>";

    static byte[] clean(ImageFormat format, byte[] image) throws IOException {
        return image(format, image).content().bytes();
    }

    static Image image(ImageFormat format, byte[] image) throws IOException {
        return Image.of(CleanImage.of(format, ByteBuffer.wrap(image)), SpoolTesting.spool(image), image);
    }

    static void assertUnchanged(ImageFormat format, byte[] image) throws IOException {
        assertThat(clean(format, image)).isEqualTo(image);
    }

    /** By the JDK's encoder. */
    static byte[] encoded(String format) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 30; i++) {
            image.setRGB(i, i, 0xffffff);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** By the JDK's decoder. */
    static void assertSamePixels(byte[] one, byte[] other) throws IOException {
        assertThat(pixels(one)).isEqualTo(pixels(other));
    }

    private static int[] pixels(byte[] image) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image));
        return decoded.getRGB(0, 0, decoded.getWidth(), decoded.getHeight(), null, 0, decoded.getWidth());
    }

    static byte[] insert(byte[] image, int position, byte[]... inserted) {
        return concat(new byte[][]{Arrays.copyOf(image, position), concat(inserted),
                Arrays.copyOfRange(image, position, image.length)});
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static byte[] repeat(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
