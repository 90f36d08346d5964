package com.kt.event.content.image;

import java.nio.ByteBuffer;

/** Finds a geographical position in metadata: in XMP, in EXIF, in a manifest, or in the EXIF of an image within it. */
final class Places {
    private Places() {
    }

    static boolean in(ByteBuffer bytes) {
        boolean isNamed = Bytes.contain(bytes, "GPSLatitude") || Bytes.contain(bytes, "GPSLongitude");
        if (isNamed || Exif.of(bytes).hasPlace()) {
            return true;
        }
        for (int at = Bytes.indexOf(bytes, Exif.PREFIX, 0); at >= 0; at = Bytes.indexOf(bytes, Exif.PREFIX, at + 1)) {
            if (Exif.of(bytes.slice(at, bytes.limit() - at)).hasPlace()) {
                return true;
            }
        }
        return false;
    }
}
