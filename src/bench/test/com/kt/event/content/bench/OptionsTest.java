package com.kt.event.content.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.bench.phase.Phase;
import com.kt.event.content.bench.phase.Settings;

class OptionsTest {
    @Test
    void withoutOptionsEverythingRuns() {
        Options options = Options.parse();

        assertThat(options.settings()).isEqualTo(Settings.FULL);
        assertThat(options.phases()).containsExactly(Phase.values());
        assertThat(options.hasFloor()).isTrue();
        assertThat(options.services()).isEmpty();
        assertThat(options.compared()).isEmpty();
    }

    @Test
    void someServicesAndPhases() {
        Options options = Options.parse("--service", "before=/a/runner", "--service", "native", "--phases",
                "post,start",
                "--rounds", "5", "--no-floor", "--java-options", " -Xmx1g  -Xmn8m ");

        assertThat(options.services()).containsExactly("before=/a/runner", "native");
        assertThat(options.phases()).containsExactly(Phase.START, Phase.POST);
        assertThat(options.settings().rounds()).isEqualTo(5);
        assertThat(options.hasFloor()).isFalse();
        assertThat(options.javaOptions()).containsExactly("-Xmx1g", "-Xmn8m");
    }

    @Test
    void aSmokeRunCanBeLengthenedWhereverItStands() {
        assertThat(Options.parse("--seconds", "7", "--smoke").settings()).isEqualTo(Settings.SMOKE.withSeconds(7));
    }

    @Test
    void twoFilesAreCompared() {
        assertThat(Options.parse("--compare", "a.json", "b.json").compared())
                .containsExactly(Path.of("a.json"), Path.of("b.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nothing", "--service", "--phases all", "--rounds 0", "--rounds many", "--response svg",
            "--compare a.json"})
    void aWrongOptionIsRefusedWithASentence(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(" "))).isInstanceOf(BenchException.class);
    }

    @Test
    void theHelpNamesEachPhase() {
        assertThat(Arrays.stream(Phase.values()).map(Phase::option)).allMatch(Options.HELP::contains);
    }
}
