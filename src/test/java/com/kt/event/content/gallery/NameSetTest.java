package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class NameSetTest {
    @Test
    void containsWhatWasAdded() {
        NameSet names = new NameSet();
        IntStream.range(0, 5_000).forEach(i -> names.add("name " + i));
        names.sorted();

        assertThat(IntStream.range(0, 5_000)).allMatch(i -> names.contains("name " + i));
        assertThat(IntStream.range(5_000, 10_000)).noneMatch(i -> names.contains("name " + i));
    }

    @Test
    void containsNothingAtFirst() {
        assertThat(new NameSet().sorted().contains("")).isFalse();
        assertThat(new NameSet().sorted().contains("a")).isFalse();
    }
}
