package com.kt.event.content.rendition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A source without the parts that a decoder shall not see, because it would interpret them or stumble over them. */
final class Excerpt implements RenditionSource {
    private final RenditionSource source;
    private final List<Range> ranges = new ArrayList<>();
    private long length;

    /** @param at where it is in this excerpt */
    private record Range(long start, long end, long at) {
    }

    Excerpt(RenditionSource source) {
        this.source = source;
    }

    /** Adds bytes of the source, which follow those that have been added before. */
    void keep(long start, long end) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).end == start) {
            ranges.set(last, new Range(ranges.get(last).start, end, ranges.get(last).at));
        } else {
            ranges.add(new Range(start, end, length));
        }
        length += end - start;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        Range range = at(position);
        long start = range.start + position - range.at;
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + range.end - start));
        try {
            return source.read(target, start);
        } finally {
            target.limit(limit);
        }
    }

    private Range at(long position) {
        int low = 0;
        for (int high = ranges.size() - 1; low < high;) {
            int middle = (low + high + 1) / 2;
            if (ranges.get(middle).at <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return ranges.get(low);
    }
}
