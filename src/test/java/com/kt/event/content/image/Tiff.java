package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Assembles EXIF, without its prefix. */
final class Tiff {
    static final int ORIENTATION = 0x0112;
    static final int GPS = 0x8825;

    private static final int LAST_DIRECTORY = 60;

    private Tiff() {
    }

    /** EXIF with this orientation and nothing else that matters. */
    static byte[] turned(int orientation) {
        return of(ByteOrder.BIG_ENDIAN, ORIENTATION, 3, orientation << Short.SIZE, 0);
    }

    /** EXIF with a latitude and an orientation. */
    static byte[] placed(int orientation) {
        ByteBuffer exif = ByteBuffer.wrap(of(ByteOrder.BIG_ENDIAN, GPS, 4, LAST_DIRECTORY, 1));
        exif.putShort(8, (short) 2);
        exif.position(22);
        entry(exif, ORIENTATION, 3, orientation << Short.SIZE);
        return exif.array();
    }

    /**
     * EXIF with one entry in its first directory.
     *
     * @param tag of an entry in the directory at 60
     */
    static byte[] of(ByteOrder order, int firstTag, int type, int value, int tag) {
        ByteBuffer exif = ByteBuffer.allocate(100).order(order)
                .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949)).putShort((short) 42).putInt(8)
                .putShort((short) 1);
        entry(exif, firstTag, type, value);
        exif.position(LAST_DIRECTORY).putShort((short) 1);
        entry(exif, tag, 2, 0x4e000000);
        return exif.array();
    }

    private static void entry(ByteBuffer exif, int tag, int type, int value) {
        exif.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
    }
}
