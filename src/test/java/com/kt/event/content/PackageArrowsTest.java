package com.kt.event.content;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrows between packages run downwards only, as the table below says. */
class PackageArrowsTest {
    private static final String ROOT = "(root)";
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("api", Set.of(ROOT, "worker", "job", "generator", "gallery", "recommendation", "redis")),
            entry(ROOT, Set.of("check", "job", "gallery", "recommendation", "settings")),
            entry("check", Set.of("job", "recommendation")),
            entry("worker", Set.of("job", "generator", "gallery", "recommendation", "redis")),
            entry("job", Set.of("recommendation", "redis")),
            entry("generator", Set.of("recommendation", "redis", "settings")),
            entry("gallery", Set.of("recommendation", "redis", "settings")),
            entry("recommendation", Set.of("redis")),
            entry("redis", Set.of()),
            entry("settings", Set.of()),
            // Stand-ins for dev mode and tests, which do not ship.
            entry("embedded", Set.of()));

    private static final Pattern PACKAGE = Pattern
            .compile("^package com\\.kt\\.event\\.content(?:\\.(\\w+(?:\\.\\w+)*))?;", Pattern.MULTILINE);

    /** A type, all types of a package, or a static member of one: in an import, or in the middle of a line. */
    private static final Pattern USE = Pattern
            .compile("\\bcom\\.kt\\.event\\.content\\.(?:([a-z]\\w*(?:\\.[a-z]\\w*)*)\\.)?[A-Z*]");

    @Test
    void everyArrowIsInTheTable() throws IOException {
        List<String> sources = sources();

        assertThat(sources).hasSizeGreaterThan(10);
        assertThat(sources.stream().flatMap(source -> wrongArrows(source).stream()).distinct()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "import com.kt.event.content.worker.ImageWorker;, job -> worker",
            "import com.kt.event.content.api.*;, job -> api",
            "import com.kt.event.content.check.Checker;, job -> check",
            "import com.kt.event.content.ContentService;, job -> (root)",
            "import static com.kt.event.content.gallery.Gallery.key;, job -> gallery",
            "import com.kt.event.content.embedded.EmbeddedRedis;, job -> embedded",
            "com.kt.event.content.worker.ImageWorker worker;, job -> worker",
            "import com.kt.event.content.recommendation.inner.Style;, job -> recommendation.inner"})
    void aWrongArrowIsFound(String line, String arrow) {
        assertThat(wrongArrows(source("com.kt.event.content.job", line))).containsExactly(arrow);
    }

    @Test
    void aWrongArrowOfTheRootIsFound() {
        assertThat(wrongArrows(source("com.kt.event.content", "import com.kt.event.content.api.ContentResource;")))
                .containsExactly("(root) -> api");
    }

    @Test
    void aPackageThatTheTableDoesntKnowIsFound() {
        assertThat(wrongArrows("package com.kt.event.content.util;\n")).containsExactly("util is not in the table");
    }

    @Test
    void aRightArrowIsLeftAlone() {
        assertThat(wrongArrows(source("com.kt.event.content.job", """
                import java.util.Map;
                import com.kt.event.content.recommendation.Style;
                import com.kt.event.content.job.JobStatus;
                """))).isEmpty();
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static String source(String packageName, String lines) {
        return "package " + packageName + ";\n\n" + lines + "\n\nclass Sample {\n}\n";
    }

    private static List<String> wrongArrows(String source) {
        String from = packageOf(source);
        if (!MAY_USE.containsKey(from)) {
            return List.of(from + " is not in the table");
        }
        return USE.matcher(source).results().map(PackageArrowsTest::usedPackage)
                .filter(to -> !to.equals(from) && !MAY_USE.get(from).contains(to))
                .map(to -> from + " -> " + to).distinct().toList();
    }

    private static String packageOf(String source) {
        Matcher declaration = PACKAGE.matcher(source);
        assertThat(declaration.find()).as("a package is declared").isTrue();
        return declaration.group(1) == null ? ROOT : declaration.group(1);
    }

    private static String usedPackage(MatchResult use) {
        return use.group(1) == null ? ROOT : use.group(1);
    }
}
