package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags of jobs, and their comparison with If-None-Match. */
class JobTagTest {
    private static final Instant NOW = Jobs.NOW;

    @Test
    void isTheVersionOfAJobThatDoesNotWait() {
        assertThat(tag(3, Duration.ZERO).toHeader()).isEqualTo("\"3\"");
    }

    @Test
    void staysTheSameWhileThePauseRunsDown() {
        String tag = tag(3, Duration.ofSeconds(90), NOW).toHeader();

        assertThat(tag).matches("W/\"3-[0-9]+\"");
        assertThat(tag(3, Duration.ofSeconds(30), NOW.plusSeconds(60)).toHeader()).isEqualTo(tag);
    }

    /** The end is 10:01:40, once rounded down and once up. */
    @Test
    void staysTheSameWhenTheEndIsRoundedTheOtherWay() {
        JobTag tag = tag(3, Duration.ofMillis(94_999), NOW);

        assertThat(tag.matches(tag(3, Duration.ofMillis(95_001), NOW))).isTrue();
        assertThat(tag(3, Duration.ofMillis(95_001), NOW).matches(tag)).isTrue();
    }

    @Test
    void changesWithTheJobAndWithItsPause() {
        JobTag tag = tag(3, Duration.ofSeconds(30));

        assertThat(tag.matches(tag(4, Duration.ofSeconds(30)))).isFalse();
        assertThat(tag.matches(tag(3, Duration.ofSeconds(60)))).isFalse();
        assertThat(tag.matches(tag(3, Duration.ZERO))).isFalse();
        assertThat(tag(3, Duration.ZERO).matches(tag)).isFalse();
    }

    /** Apache's mod_deflate and mod_brotli, Jetty's GzipHandler, and others like them. */
    @ParameterizedTest
    @ValueSource(strings = {"-gzip", "-br", "--gzip", "-zstd", ";gzip", ":gzip", "_gz", ".br", "-df", "/gzip"})
    void staysTheSameUnderAProxysSuffix(String suffix) {
        JobTag tag = tag(3, Duration.ofSeconds(30));

        assertThat(JobTag.parse("3" + suffix)).contains(new JobTag(3, 0));
        assertThat(JobTag.parse("3-" + tag.pauseEnd() + suffix)).contains(tag);
        assertThat(IfNoneMatch.of(List.of("W/\"3" + suffix + "\"")).matches(new JobTag(3, 0))).isTrue();
        assertThat(IfNoneMatch.of(List.of("\"4" + suffix + "\"")).matches(new JobTag(3, 0))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "x", "-1", "3-", "3-4-5", "9999999999999999999", " 3"})
    void aTagThatIsNoneOfOursStandsForNothing(String tag) {
        assertThat(JobTag.parse(tag)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"\"3\" | true", "W/\"3\" | true", "\"2\", \"3\" | true", "\"2\",W/\"3\" | true",
                    "\"a,b\", \"3\" | true", "* | true", "' * ' | true", "\"4\" | false", "\"33\" | false", "3 | false",
                    "\"3 | false",
                    "\"*\" | false", "\"\" | false", "'' | false", "W/ | false", "\"3-1\" | false"})
    void knowsWhatAClientHas(String header, boolean has) {
        assertThat(IfNoneMatch.of(List.of(header)).matches(new JobTag(3, 0))).isEqualTo(has);
    }

    @Test
    void knowsWhatAClientHasOfAWaitingJob() {
        JobTag tag = tag(3, Duration.ofSeconds(30));
        String sent = tag.toHeader();

        assertThat(IfNoneMatch.of(List.of("\"1\"", sent)).matches(tag)).isTrue();
        assertThat(IfNoneMatch.of(List.of(sent.substring("W/".length()))).matches(tag)).isTrue();
        assertThat(IfNoneMatch.of(List.of(sent)).matches(tag(3, Duration.ZERO))).isFalse();
    }

    @Test
    void knowsNothingOfAClientThatSaysNothing() {
        assertThat(IfNoneMatch.of(List.of()).isGiven()).isFalse();
        assertThat(IfNoneMatch.of(List.of()).matches(new JobTag(3, 0))).isFalse();
        assertThat(IfNoneMatch.of(List.of("\"1\"")).isGiven()).isTrue();
    }

    private static JobTag tag(long version, Duration pause) {
        return tag(version, pause, NOW);
    }

    private static JobTag tag(long version, Duration pause, Instant now) {
        return Jobs.waiting(version, pause, now).tag();
    }
}
