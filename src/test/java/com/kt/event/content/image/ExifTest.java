package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {
    private static final Exif NOTHING = new Exif(1, false);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsTheOrientationInEachByteOrder(int orientation) {
        byte[] little = Tiff.of(ByteOrder.LITTLE_ENDIAN, Tiff.ORIENTATION, 3, orientation, 0);
        byte[] wide = Tiff.of(ByteOrder.BIG_ENDIAN, Tiff.ORIENTATION, 4, orientation, 0);

        assertThat(of(Tiff.turned(orientation))).isEqualTo(new Exif(orientation, false));
        assertThat(of(little)).isEqualTo(new Exif(orientation, false));
        assertThat(of(wide)).isEqualTo(new Exif(orientation, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1, 0x7fff})
    void ignoresAnOrientationThatThereIsNot(int orientation) {
        assertThat(of(Tiff.turned(orientation))).isEqualTo(NOTHING);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(of(Exif.ofOrientation(6))).isEqualTo(new Exif(6, false));
    }

    @Test
    void acceptsThePrefix() {
        byte[] prefix = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] exif = Arrays.copyOf(prefix, prefix.length + 100);
        System.arraycopy(Tiff.turned(3), 0, exif, prefix.length, 100);

        assertThat(of(exif)).isEqualTo(new Exif(3, false));
    }

    @Test
    void findsAPlace() {
        assertThat(of(Tiff.placed(6))).isEqualTo(new Exif(6, true));
        assertThat(of(Tiff.of(ByteOrder.LITTLE_ENDIAN, Tiff.GPS, 4, 60, 2)).hasPlace()).isTrue();
    }

    /** Some cameras always write it. */
    @Test
    void doesNotTakeAVersionForAPlace() {
        assertThat(of(Tiff.of(ByteOrder.BIG_ENDIAN, Tiff.GPS, 4, 60, 0)).hasPlace()).isFalse();
    }

    @Test
    void suspectsAPlaceThatCannotBeRead() {
        assertThat(of(Tiff.of(ByteOrder.BIG_ENDIAN, Tiff.GPS, 4, 1_000, 2)).hasPlace()).isTrue();
        assertThat(of(Tiff.of(ByteOrder.BIG_ENDIAN, Tiff.GPS, 4, -1, 2)).hasPlace()).isTrue();
    }

    @Test
    void readsNothingFromDamage() {
        byte[] exif = Tiff.turned(6);
        for (int length = 0; length < 20; length++) {
            assertThat(of(Arrays.copyOf(exif, length))).as("%d bytes", length).isEqualTo(NOTHING);
        }
        assertThat(of("no TIFF at all, whatever it says".getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(NOTHING);
        assertThat(of(ByteBuffer.wrap(exif.clone()).putShort(2, (short) 43).array())).isEqualTo(NOTHING);
        assertThat(of(ByteBuffer.wrap(exif.clone()).putInt(4, Integer.MAX_VALUE).array())).isEqualTo(NOTHING);
        assertThat(of(ByteBuffer.wrap(exif.clone()).putInt(4, -2).array())).isEqualTo(NOTHING);
    }

    @Test
    void findsAPlaceBeforeADirectoryWithoutOne() {
        ByteBuffer exif = ByteBuffer.wrap(Tiff.of(ByteOrder.BIG_ENDIAN, Tiff.GPS, 4, 60, 2));
        exif.putShort(8, (short) 2).position(22);
        exif.putShort((short) Tiff.GPS).putShort((short) 4).putInt(1).putInt(90);

        assertThat(of(exif.array()).hasPlace()).isTrue();
    }

    /** A directory that claims 65,535 entries, of which one is there. */
    @Test
    void readsTheEntriesThatThereAre() {
        byte[] exif = ByteBuffer.wrap(Arrays.copyOf(Tiff.turned(6), 30)).putShort(8, (short) -1).array();

        assertThat(of(exif)).isEqualTo(new Exif(6, false));
    }

    private static Exif of(byte[] exif) {
        return Exif.of(ByteBuffer.wrap(exif));
    }
}
