package com.kt.event.content.api.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.api.problem.Problem;

/**
 * A requested part of a representation (RFC 9110, 14.1.2).
 *
 * @param first the offset of its first byte
 * @param last the offset of its last byte
 */
public record ByteRange(long first, long last) {
    public static final String UNIT = "bytes";
    public static final String CONTENT_RANGE = "Content-Range";

    private static final Pattern HEADER = Pattern.compile(UNIT + "=(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    /** A number of more digits is beyond the end of any file, and perhaps beyond the range of a long. */
    private static final int MAX_DIGITS = 18;

    /**
     * The part of {@code size} bytes that the header {@code Range} requests. Empty to send the whole: for a value that is
     * malformed or of another unit, and for several ranges with a gap between them. A server may ignore those (14.2); image
     * viewers do not send them, and caches do not store the multipart/byteranges of the response. Fails with 416 if all
     * requested bytes are beyond the end.
     */
    public static Optional<ByteRange> of(String header, long size) {
        List<ByteRange> ranges = parse(header, size);
        List<ByteRange> satisfiable = ranges.stream().filter(range -> range.first < size)
                .sorted(Comparator.comparingLong(ByteRange::first)).toList();
        if (satisfiable.isEmpty() && !ranges.isEmpty()) {
            throw Problem.INVALID_REQUEST.with(416, "the image has " + size + " bytes",
                    CONTENT_RANGE, UNIT + " */" + size);
        }
        return joined(satisfiable);
    }

    /** Includes ranges beyond the end. Empty if the value is invalid. */
    private static List<ByteRange> parse(String header, long size) {
        Matcher value = HEADER.matcher(header);
        if (!value.matches()) {
            return List.of();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String range : value.group(1).split(",")) {
            if (range.isBlank()) {
                continue;
            }
            Matcher positions = RANGE.matcher(range.strip());
            if (!positions.matches() || !isValid(positions.group(1), positions.group(2))) {
                return List.of();
            }
            ranges.add(of(positions.group(1), positions.group(2), size));
        }
        return ranges;
    }

    private static boolean isValid(String first, String last) {
        return first.isEmpty() ? !last.isEmpty() : last.isEmpty() || number(first) <= number(last);
    }

    /** Without a first position, the last one is the number of bytes wanted from the end. */
    private static ByteRange of(String first, String last, long size) {
        return first.isEmpty()
                ? new ByteRange(Math.max(0, size - number(last)), size - 1)
                : new ByteRange(number(first), last.isEmpty() ? size - 1 : Math.min(number(last), size - 1));
    }

    private static long number(String digits) {
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** Empty if there is a gap between two ranges. */
    private static Optional<ByteRange> joined(List<ByteRange> ascending) {
        ByteRange all = null;
        for (ByteRange next : ascending) {
            if (all != null && next.first > all.last + 1) {
                return Optional.empty();
            }
            all = all == null ? next : new ByteRange(all.first, Math.max(all.last, next.last));
        }
        return Optional.ofNullable(all);
    }

    public long length() {
        return last - first + 1;
    }

    /** The value of {@code Content-Range} in a 206. */
    public String contentRange(long size) {
        return UNIT + " " + first + "-" + last + "/" + size;
    }
}
