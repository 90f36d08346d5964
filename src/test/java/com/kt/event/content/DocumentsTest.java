package com.kt.event.content;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links between the documents lead somewhere, and the documents stay short enough to be read. */
class DocumentsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");
    private static final int LONGEST_LINE = 120;
    private static final int LONGEST_README = 150;

    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);
    private static final Pattern MARK = Pattern.compile("^ *<!-- (\\w+) -->$", Pattern.MULTILINE);
    /** Of Vert.x, of Quarkus's extensions and of Quarkus REST: what no version promises to keep. */
    private static final Pattern INTERNAL_IMPORT = Pattern.compile("^import [\\w.]*\\.(?:impl|internal)\\."
            + "|^import io\\.quarkus\\.\\w[\\w.]*\\.runtime\\."
            + "|^import io\\.quarkus\\.runtime\\.(?:util\\.|configuration\\.\\w+Converter)"
            + "|^import org\\.jboss\\.resteasy\\.reactive\\.server\\.(?:core|handlers|mapping)\\.", Pattern.MULTILINE);
    private static final Pattern READ_BLOCK = Pattern.compile("<!-- (\\w+) -->|\\bblock (\\w+)(?:\\)| >)");

    @Test
    void everyRelativeLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
        assertThat(documents(ROOT)).hasSizeGreaterThan(8);
        assertThat(deadLinks(ROOT)).isEmpty();
    }

    @Test
    void noLineIsLongerThan120Characters() throws IOException {
        assertThat(longLines(ROOT.resolve("README.md"))).isEmpty();
        for (Path document : documents(ROOT.resolve("src/docs"))) {
            assertThat(longLines(document)).as(document.toString()).isEmpty();
        }
    }

    @Test
    void theReadmeHasAtMost150Lines() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    /** A script finds its block by the mark before it; of two blocks it would run both. */
    @Test
    void everyBlockThatAScriptReadsStandsOnceAndNoOtherIsMarked() throws IOException {
        Set<String> read = scripts().stream().flatMap(script -> READ_BLOCK.matcher(script).results())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1)).collect(toSet());
        List<String> marked = new ArrayList<>();
        for (Path document : documents(ROOT)) {
            MARK.matcher(Files.readString(document)).results().map(found -> found.group(1)).forEach(marked::add);
        }

        assertThat(marked).doesNotHaveDuplicates();
        assertThat(read).containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    void everyClassThatUsesInternalsOfAFrameworkIsListed() throws IOException {
        String list = Files.readString(ROOT.resolve("src/docs/architecture.md"))
                .replaceFirst("(?s).*## Framework internals", "");
        List<String> users = classesWithInternalImports(ROOT.resolve("src/main/java"));

        assertThat(users).hasSizeGreaterThan(10);
        assertThat(users).allMatch(user -> list.contains("`" + user + "`"));
    }

    @ParameterizedTest
    @CsvSource({
            "[a](missing.md), missing.md",
            "[a](other.md#no-such-heading), other.md#no-such-heading",
            "[a](#no-such-heading), #no-such-heading",
            "[a](folder/), folder/",
            "[a](other.md#second-heading-2), other.md#second-heading-2"})
    void aDeadLinkIsFound(String line, String link, @TempDir Path folder) throws IOException {
        write(folder, line);

        assertThat(deadLinks(folder)).containsExactly("one.md: " + link);
    }

    @ParameterizedTest
    @CsvSource({
            "[a](other.md)",
            "[a](other.md#a-heading-with-code-and-punctuation)",
            "[a](other.md#second-heading)",
            "[a](other.md#second-heading-1)",
            "[a](#one)",
            "[a](https://example.com/missing.md#nothing)",
            "'`[a](missing.md)`'"})
    void aLinkThatLeadsSomewhereIsLeftAlone(String line, @TempDir Path folder) throws IOException {
        write(folder, line);

        assertThat(deadLinks(folder)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsFound(@TempDir Path folder) throws IOException {
        Path document = Files.writeString(folder.resolve("long.md"), "a".repeat(120) + "\n" + "가".repeat(121) + "\n");

        assertThat(longLines(document)).containsExactly(2);
    }

    private static void write(Path folder, String line) throws IOException {
        Files.writeString(folder.resolve("one.md"), "# One\n\n" + line + "\n");
        Files.writeString(folder.resolve("other.md"), """
                # A heading, with `code` and (punctuation)
                ## Second heading
                ## Second heading
                ```sh
                # no heading, and [no link](nowhere.md)
                ```
                """);
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> folder.relativize(file).iterator().hasNext() && isOurs(folder.relativize(file)))
                    .sorted().toList();
        }
    }

    private static boolean isOurs(Path relative) {
        return Stream.iterate(relative, path -> path != null, Path::getParent)
                .noneMatch(path -> NOT_OURS.contains(path.getFileName().toString()));
    }

    private static List<String> classesWithInternalImports(Path sources) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            List<String> users = new ArrayList<>();
            for (Path source : all.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                if (INTERNAL_IMPORT.matcher(Files.readString(source)).find()) {
                    users.add(source.getFileName().toString().replace(".java", ""));
                }
            }
            return users;
        }
    }

    private static List<String> scripts() throws IOException {
        try (Stream<Path> all = Files.list(ROOT.resolve(".ci"))) {
            List<String> texts = new ArrayList<>();
            for (Path script : all.sorted().toList()) {
                texts.add(Files.readString(script));
            }
            return texts;
        }
    }

    private static List<String> deadLinks(Path folder) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents(folder)) {
            String text = CODE.matcher(withoutFences(Files.readString(document))).replaceAll("");
            for (MatchResult found : LINK.matcher(text).results().toList()) {
                String link = found.group(1);
                if (!link.matches("[a-z]+:.*") && !leadsSomewhere(document, link)) {
                    dead.add(folder.relativize(document) + ": " + link);
                }
            }
        }
        return dead;
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As GitHub makes them of headings: the second of the same name ends with -1. */
    private static Set<String> anchors(Path document) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(withoutFences(Files.readString(document))).results()
                .map(heading -> slug(heading.group(1)))
                .map(slug -> {
                    int earlier = seen.merge(slug, 1, Integer::sum) - 1;
                    return earlier == 0 ? slug : slug + "-" + earlier;
                }).collect(toSet());
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT).codePoints()
                .filter(it -> Character.isLetterOrDigit(it) || it == '-' || it == '_' || it == ' ')
                .mapToObj(it -> it == ' ' ? "-" : Character.toString(it)).collect(joining());
    }

    private static String withoutFences(String text) {
        return FENCED.matcher(text).replaceAll("");
    }

    private static List<Integer> longLines(Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> lines.get(number - 1).length() > LONGEST_LINE).boxed().toList();
    }
}
