package com.kt.event.content;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The POM keeps each file of the stand-ins and of the page out of the jar. It has to name each. */
class UnshippedTest {
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void everyFileOfTheStandInsIsNamed() throws IOException {
        assertThat(named("embedded.entries")).containsExactlyElementsOf(files("com/kt/event/content/embedded"));
    }

    @Test
    void everyFileOfThePageIsNamed() throws IOException {
        Set<String> files = files("com/kt/event/content/page");
        files.addAll(files("page"));

        assertThat(named("page.entries")).containsExactlyElementsOf(files);
    }

    private static Set<String> files(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve(directory))) {
            return files.map(file -> CLASSES.relativize(file).toString()).collect(toCollection(TreeSet::new));
        }
    }

    private static Set<String> named(String property) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        return Stream.of(value(pom, property).split(",")).filter(entry -> !entry.isEmpty())
                .map(entry -> entry.replace("${embedded}", value(pom, "embedded"))
                        .replace("${page}", value(pom, "page")))
                .collect(toCollection(TreeSet::new));
    }

    private static String value(String pom, String property) {
        Matcher found = Pattern.compile("<" + property + ">([^<]*)</").matcher(pom);
        assertThat(found.find()).as(property).isTrue();
        return found.group(1);
    }
}
