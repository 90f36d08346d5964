package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpScanTest {
    private static final byte[] LOSSY = chunk("VP8 ", "000000 9d012a 2840 1e80");
    /** 40 and 30, each less one, in 14 bits: 0x74027. */
    private static final byte[] LOSSLESS = chunk("VP8L", "2f 274007 00");
    private static final byte[] EXTENDED = chunk("VP8X", "10000000 270000 1d0000");

    @Test
    void readsTheSizeOfEachKind() throws BrokenImageException {
        assertThat(scan(LOSSY)).isEqualTo(new ImageSize(40, 30));
        assertThat(scan(LOSSLESS)).isEqualTo(new ImageSize(40, 30));
        assertThat(scan(EXTENDED, chunk("ALPH", "00"), LOSSY)).isEqualTo(new ImageSize(40, 30));
        assertThat(scan(EXTENDED, frame("000000 000000 270000 1d0000", LOSSY))).isEqualTo(new ImageSize(40, 30));
    }

    @Test
    void readsTheLargestSizes() throws BrokenImageException {
        assertThat(scan(chunk("VP8 ", "000000 9d012a ffff ffff"))).isEqualTo(new ImageSize(0x3fff, 0x3fff));
        assertThat(scan(chunk("VP8L", "2f ffffffff"))).isEqualTo(new ImageSize(1 << 14, 1 << 14));
        assertThat(scan(chunk("VP8X", "ffffffff ffffff ffffff"), frame("000000 000000 270000 1d0000", LOSSY)))
                .isEqualTo(new ImageSize(1 << 24, 1 << 24));
    }

    /** Decoders refuse it, too; or they decode a frame that is larger than the limit of pixels. */
    @Test
    void rejectsAFrameOfAnotherSizeThanTheImages() {
        assertBroken("a WebP of two sizes", chunk("VP8X", "10000000 010000 020000"), LOSSY);
        assertBroken("a WebP of two sizes", LOSSLESS, chunk("VP8 ", "000000 9d012a 2800 1f00"));
    }

    // --- animations

    /** In half pixels, and sizes less one; the image is 40x30. */
    @ParameterizedTest
    @ValueSource(strings = {"000000 000000 7f3e00 7f3e00", "000000 000000 280000 1d0000", "000000 000000 270000 1e0000",
            "010000 000000 270000 1d0000", "000000 010000 270000 1d0000", "ffffff 000000 270000 1d0000"})
    void rejectsAFrameOutsideTheImage(String place) {
        assertBroken("a WebP with a frame outside the image", EXTENDED, frame(place, LOSSY));
    }

    @Test
    void rejectsAFrameThatIsNotAsLargeAsItsData() {
        assertBroken("a WebP with a frame of two sizes", EXTENDED, frame("000000 000000 260000 1d0000", LOSSY));
        assertBroken("a WebP with a frame of two sizes", EXTENDED, frame("000000 000000 270000 1c0000", LOSSLESS));
    }

    @Test
    void rejectsAFrameWithoutData() {
        assertBroken("a WebP with a frame without data", EXTENDED, frame("000000 000000 270000 1d0000"));
        assertBroken("a WebP with a frame without data", EXTENDED,
                frame("000000 000000 270000 1d0000", chunk("ALPH", "00")));
        assertThatThrownBy(() -> scan(EXTENDED, chunk("ANMF", ""), LOSSY))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> scan(EXTENDED, frame("000000 000000 270000 1d0000", chunk("VP8 ", "")), LOSSY))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rejectsAFrameThatIsShorterThanItsData() {
        byte[] data = LOSSY.clone();
        data[4]++;

        assertThatThrownBy(() -> scan(EXTENDED, frame("000000 000000 270000 1d0000", data), LOSSY))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void skipsThePaddingOfAnOddChunkUnlessTheImageEndsThere() throws BrokenImageException {
        assertThat(scan(chunk("XXXX", "00"), LOSSY)).isEqualTo(new ImageSize(40, 30));
        assertThat(scan(LOSSY, new byte[]{'E', 'X', 'I', 'F', 1, 0, 0, 0, 9})).isEqualTo(new ImageSize(40, 30));
    }

    @Test
    void ignoresBytesAfterTheLastChunk() throws BrokenImageException {
        assertThat(scan(LOSSY, new byte[7])).isEqualTo(new ImageSize(40, 30));
        byte[] webp = webp(0, LOSSY, chunk("EXIF", "ff"));
        webp[4] = (byte) (4 + LOSSY.length);
        assertThat(WebpScan.of(ByteBuffer.wrap(webp)).size()).contains(new ImageSize(40, 30));
    }

    @Test
    void readsAnEmptyChunkAtTheEnd() throws BrokenImageException {
        assertThat(scan(EXTENDED, LOSSLESS, chunk("EXIF", ""))).isEqualTo(new ImageSize(40, 30));
    }

    @Test
    void needsASizeAndData() {
        assertBroken("a WebP without image data", EXTENDED);
        assertBroken("a WebP with a frame outside the image", frame("000000 000000 270000 1d0000", LOSSY), EXTENDED);
        assertBroken("a WebP without image data", EXTENDED, chunk("ALPH", "00"));
    }

    @Test
    void rejectsAnImageThatDoesNotBeginAsItsKindDoes() {
        assertBroken("a damaged WebP", chunk("VP8 ", "000000 9d012b 2800 1e00"));
        assertBroken("a damaged WebP", chunk("VP8L", "2e 274007 00"));
    }

    @Test
    void rejectsAnImageThatIsShorterThanItSays() {
        assertThatThrownBy(() -> WebpScan.of(ByteBuffer.wrap(webp(1, LOSSY))))
                .isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> WebpScan.of(ByteBuffer.wrap(webp(-100, LOSSY))))
                .as("the length is unsigned").isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> scan(LOSSY, new byte[]{'E', 'X', 'I', 'F', 1, 0, 0, 0}))
                .isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> scan(LOSSY, new byte[]{'E', 'X', 'I', 'F', -1, -1, -1, -1}))
                .isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void rejectsALengthThatLeavesNoRoomForTheFormType() {
        int length = webp(0, LOSSY).length - 8;

        assertThatThrownBy(() -> WebpScan.of(ByteBuffer.wrap(webp(3 - length, LOSSY))))
                .isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> WebpScan.of(ByteBuffer.wrap(webp(4 - length, LOSSY))))
                .isInstanceOf(BrokenImageException.class);
    }

    private static void assertBroken(String message, byte[]... chunks) {
        assertThatThrownBy(() -> scan(chunks)).isInstanceOf(BrokenImageException.class).hasMessageContaining(message);
    }

    private static ImageSize scan(byte[]... chunks) throws BrokenImageException {
        return WebpScan.of(ByteBuffer.wrap(webp(0, chunks))).size().orElseThrow();
    }

    /** @param missing by how much the length that the image states exceeds its own */
    private static byte[] webp(int missing, byte[]... chunks) {
        ByteBuffer webp = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(ascii("RIFF")).putInt(0).put(ascii("WEBP"));
        for (byte[] chunk : chunks) {
            webp.put(chunk);
        }
        webp.putInt(4, webp.position() - 8 + missing);
        byte[] bytes = new byte[webp.position()];
        webp.flip().get(bytes);
        return bytes;
    }

    private static byte[] frame(String place, byte[]... chunks) {
        String content = Stream.of(chunks).map(HexFormat.of()::formatHex).collect(Collectors.joining());
        return chunk("ANMF", place + "00000000" + content);
    }

    private static byte[] chunk(String type, String hex) {
        byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ByteBuffer.allocate(8 + data.length + data.length % 2).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii(type)).putInt(data.length).put(data).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
