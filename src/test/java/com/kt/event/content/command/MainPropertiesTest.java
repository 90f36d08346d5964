package com.kt.event.content.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/** What Main sets too late for some JVMs is set for them elsewhere. */
class MainPropertiesTest {
    @Test
    void areThoseOfTheTests() {
        assertThat(System.getProperties()).containsAllEntriesOf(Main.READ_ONCE);
    }

    @Test
    void areThoseOfTheNativeBuildAndOfDevMode() throws IOException {
        String nativeBuild = Files.readString(Path.of("src/main/resources/application.properties"));
        String devMode = Files.readString(Path.of("pom.xml"));

        Main.READ_ONCE.forEach((name, value) -> {
            assertThat(nativeBuild).contains("-J-D" + name + "=" + value);
            assertThat(devMode).containsPattern("<jvm.args>.*-D" + name + "=" + value + "\\b.*</jvm.args>");
        });
    }

    @Test
    void keepMutinyFromWrappingCallbacks() {
        Supplier<String> callback = () -> "";

        assertThat(Infrastructure.decorate(callback)).isSameAs(callback);
    }
}
