package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegScanTest {
    private static final String START = "ffd8";
    private static final String FRAME = "ffc0 0008 08 001e 0028 00";
    private static final String SCAN = "ffda 0002 123456";
    private static final String END = "ffd9";

    @ParameterizedTest
    @ValueSource(strings = {"c0", "c1", "c2", "c3", "c5", "c6", "c7", "c9", "ca", "cb", "cd", "ce", "cf"})
    void readsTheSizeFromEachKindOfFrame(String marker) throws BrokenImageException {
        assertThat(scan(START, FRAME.replace("c0", marker), SCAN, END)).isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf", "c4", "c8", "cc", "d8", "db", "e0"})
    void readsTheSizeFromNoOtherSegment(String marker) {
        String segment = marker.equals("d8") ? "ffd8" : FRAME.replace("c0", marker);

        assertBroken("a JPEG without image data", START, segment, SCAN, END);
    }

    @Test
    void readsUnsignedNumbers() throws BrokenImageException {
        assertThat(scan(START, "ffc0 0008 08 fffe ffff 00", SCAN, END)).isEqualTo(new ImageSize(65_535, 65_534));
        assertThat(scan(START, "ffe0 8000", "00".repeat(0x7ffe), FRAME, SCAN, END)).isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffd0", "ffd7", "ff01", "ffd8", "ffe0 0002", "ffe0 0004 ffd9", "ffff", "ffff ffff"})
    void skipsOtherMarkersSegmentsAndFillBytes(String bytes) throws BrokenImageException {
        assertThat(scan(START, bytes, FRAME, SCAN, END)).isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff00", "ffff00", "ffd0", "ffd7", "ffffd3", "ffda 0002 00", "ffc4 0004 ffd9"})
    void skipsTheDataOfAScanAndSegmentsAfterIt(String bytes) throws BrokenImageException {
        assertThat(scan(START, FRAME, SCAN, bytes, "0102", END, "00")).isEqualTo(new ImageSize(40, 30));
    }

    @Test
    void needsAFrameAndAScan() {
        assertBroken("a JPEG without image data", START, FRAME, END);
        assertBroken("a JPEG without image data", START, SCAN, END);
    }

    @Test
    void rejectsDataWhereAMarkerIsExpected() {
        assertBroken("a damaged JPEG", START, "00", FRAME, SCAN, END);
        assertBroken("a damaged JPEG", START, FRAME, "fe", SCAN, END);
    }

    @Test
    void rejectsASegmentThatEndsBeforeItsLengthOrBehindTheImage() {
        assertBroken("an incomplete JPEG", START, "ffe0 0001", FRAME, SCAN, END);
        assertBroken("an incomplete JPEG", START, FRAME, SCAN, "ffe0 0003");
        assertThatThrownBy(() -> scan(START, FRAME, SCAN, "ffe0 0002")).isInstanceOf(BufferUnderflowException.class);
    }

    private static void assertBroken(String message, String... hex) {
        assertThatThrownBy(() -> scan(hex)).isInstanceOf(BrokenImageException.class).hasMessageContaining(message);
    }

    private static ImageSize scan(String... hex) throws BrokenImageException {
        byte[] jpeg = HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
        return JpegScan.of(ByteBuffer.wrap(jpeg)).size().orElseThrow();
    }
}
