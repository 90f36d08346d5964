package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Looks for the end of an SVG. It has no size in pixels, comes from stand-ins only, and is not changed. */
final class SvgScan {
    private static final int LONGEST_END = 1_000;

    private SvgScan() {
    }

    static CleanImage of(ByteBuffer svg) throws BrokenImageException {
        int length = Math.min(LONGEST_END, svg.limit());
        byte[] bytes = new byte[length];
        svg.get(svg.limit() - length, bytes);
        String end = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        if (!end.endsWith("</svg>") && !end.endsWith("/>")) {
            throw new BrokenImageException("incomplete");
        }
        return new CleanImage(ImageFormat.SVG, Optional.empty(), false, List.of(svg.slice(0, svg.limit())));
    }
}
