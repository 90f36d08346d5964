package com.kt.event.content.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What matters here of EXIF (CIPA DC-008), which has the structure of a TIFF (TIFF 6.0, section 2).
 *
 * @param orientation how a viewer has to turn the image, from 1 (not at all) to 8
 * @param hasPlace whether it says where the image was taken
 */
public record Exif(int orientation, boolean hasPlace) {
    static final String PREFIX = "Exif\0";

    private static final Exif NOTHING = new Exif(1, false);
    private static final int PREFIX_LENGTH = 6;
    private static final int BIG_ENDIAN = 0x4d4d;
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int TIFF = 42;
    private static final int ENTRY = 12;
    private static final int VALUE = 8;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int GPS = 0x8825;
    private static final int GPS_VERSION = 0;

    /** Reads what there is: damage hides what comes after it. The prefix may be missing. */
    public static Exif of(ByteBuffer exif) {
        int start = Bytes.startsWith(exif, PREFIX) ? PREFIX_LENGTH : 0;
        try {
            ByteBuffer tiff = exif.slice(start, exif.limit() - start);
            int order = tiff.getShort(0);
            tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            boolean isTiff = (order == LITTLE_ENDIAN || order == BIG_ENDIAN) && tiff.getShort(2) == TIFF;
            return isTiff ? ofFirstDirectory(tiff) : NOTHING;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return NOTHING;
        }
    }

    /** Whether a viewer has to turn the image by a quarter. */
    boolean isTransposed() {
        return orientation >= 5;
    }

    private static Exif ofFirstDirectory(ByteBuffer tiff) {
        int directory = tiff.getInt(4);
        int orientation = 1;
        boolean hasPlace = false;
        for (int entry = directory + 2, left = count(tiff, directory); left > 0; entry += ENTRY, left--) {
            if (entry + ENTRY > tiff.limit()) {
                break;
            }
            int tag = tiff.getShort(entry) & 0xffff;
            if (tag == ORIENTATION) {
                orientation = orientation(tiff, entry);
            } else if (tag == GPS) {
                hasPlace |= isPlace(tiff, tiff.getInt(entry + VALUE));
            }
        }
        return new Exif(orientation, hasPlace);
    }

    private static int orientation(ByteBuffer tiff, int entry) {
        boolean isShort = tiff.getShort(entry + 2) == SHORT;
        int value = isShort ? tiff.getShort(entry + VALUE) : tiff.getInt(entry + VALUE);
        return value >= 1 && value <= 8 ? value : 1;
    }

    /** Some cameras write a directory with its version only. */
    private static boolean isPlace(ByteBuffer tiff, int directory) {
        try {
            int entries = count(tiff, directory);
            return entries > 1 || entries == 1 && tiff.getShort(directory + 2) != GPS_VERSION;
        } catch (IndexOutOfBoundsException e) {
            return true;
        }
    }

    private static int count(ByteBuffer tiff, int directory) {
        return tiff.getShort(directory) & 0xffff;
    }

    /** Without the prefix. */
    static byte[] ofOrientation(int orientation) {
        int directory = 8;
        return ByteBuffer.allocate(26).putShort((short) BIG_ENDIAN).putShort((short) TIFF).putInt(directory)
                .putShort((short) 1)
                .putShort((short) ORIENTATION).putShort((short) SHORT).putInt(1).putShort((short) orientation)
                .array();
    }
}
