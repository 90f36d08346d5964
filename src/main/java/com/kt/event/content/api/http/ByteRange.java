package com.kt.event.content.api.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.api.problem.Problem;

/**
 * A part of a representation that a request asks for (RFC 9110, 14.1.2).
 *
 * @param first where it begins, counted from zero
 * @param last where it ends, inclusive
 */
public record ByteRange(long first, long last) {
    public static final String UNIT = "bytes";
    public static final String CONTENT_RANGE = "Content-Range";

    private static final Pattern HEADER = Pattern.compile(UNIT + "=(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    /** A number of more digits is beyond the end of any file. */
    private static final int MOST_DIGITS = 18;

    /**
     * What the value of the header {@code Range} asks for, of {@code size} bytes. Empty where the whole is to be sent: for a
     * value that is malformed or of another unit, and for several ranges with a gap between them. A server may ignore those
     * (14.2). Viewers of images do not ask for them, and caches do not keep the multipart/byteranges that they would get.
     * Fails with 416 where it asks for nothing but bytes that are not there.
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

    /** Those that are beyond the end included; none where the value is not valid. */
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

    /** Without a first position, the last one tells how many bytes of the end are wanted. */
    private static ByteRange of(String first, String last, long size) {
        return first.isEmpty()
                ? new ByteRange(Math.max(0, size - number(last)), size - 1)
                : new ByteRange(number(first), last.isEmpty() ? size - 1 : Math.min(number(last), size - 1));
    }

    private static long number(String digits) {
        return digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** Empty where a gap is between two of them. */
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

    /** As in the header {@code Content-Range} of a 206. */
    public String contentRange(long size) {
        return UNIT + " " + first + "-" + last + "/" + size;
    }
}
