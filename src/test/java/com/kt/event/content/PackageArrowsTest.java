package com.kt.event.content;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** Packages depend on each other in one direction only, as the table says. */
class PackageArrowsTest {
    private static final String BASE = "com.kt.event.content";

    /** Each package and those that it may use, besides {@link #FOR_ALL}. The dot is the root package. */
    private static final Map<String, Set<String>> MAY_USE = table("""
            api              : api.http api.problem . breaker channel cost gallery image
            api              : job idempotency ratelimit recommendation redis
            api.http         : api.problem gallery idempotency redis
            api.problem      : channel gallery job idempotency recommendation redis
            .                : gallery job recommendation
            command          : check gallery provider breaker redis
            check            : job recommendation redis
            worker           : generator breaker gallery image job recommendation redis
            generator        : provider breaker cost image ratelimit recommendation
            provider         : provider.model breaker cost image ratelimit
            provider.dialect : provider provider.model breaker image
            provider.model   :
            channel          : gallery image redis rendition
            rendition        : image rendition.vp8
            rendition.vp8    :
            image            :
            breaker          : redis
            ratelimit        : redis
            gallery          : image job recommendation redis
            job              : cost recommendation redis
            cost             :
            idempotency      : redis
            recommendation   : redis
            redis            :
            embedded         :
            page             :
            settings         :
            log              :
            """);
    private static final Set<String> FOR_ALL = Set.of("settings", "log");

    private static JavaClasses ours;

    /** Dependencies on other code do not count, so that it need not be read. */
    @BeforeAll
    static void importOurClasses() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        ours = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE);
    }

    @AfterAll
    static void reset() {
        ArchConfiguration.get().reset();
    }

    static Set<String> packages() {
        return MAY_USE.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesNoOtherPackagesThanInTheTable(String name) {
        onlyUses(name, MAY_USE.get(name)).check(ours);
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(ours.stream().map(JavaClass::getPackageName).map(PackageArrowsTest::shortName).collect(toSet()))
                .isEqualTo(packages());
    }

    /** Neither directly nor through others. */
    @ParameterizedTest
    @MethodSource("packages")
    void theTableHasNoCycle(String name) {
        Set<String> reached = MAY_USE.get(name);
        for (Set<String> further = Set.of(); !further.equals(reached);) {
            further = reached;
            reached = further.stream().flatMap(each -> Stream.concat(Stream.of(each), MAY_USE.get(each).stream()))
                    .collect(toSet());
        }
        assertThat(reached).doesNotContain(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommendation", "redis", "log"})
    void anArrowThatIsNotInTheTableIsFound(String missing) {
        Set<String> others = MAY_USE.get("job").stream().filter(name -> !name.equals(missing)).collect(toSet());

        ArchRule rule = missing.equals("log") ? onlyUses("job", others, Set.of()) : onlyUses("job", others);

        assertThat(rule.evaluate(ours).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void opensWithOneSentence(String name) throws IOException {
        Path source = Path.of("src/main/java", longName(name).split("\\.")).resolve("package-info.java");

        assertThat(Files.readString(source))
                .matches("/\\*\\* [A-Z][^.\\n]{20,}\\. \\*/\\npackage " + longName(name) + ";\\n");
    }

    private static ArchRule onlyUses(String name, Set<String> allowed) {
        return onlyUses(name, allowed, FOR_ALL.contains(name) ? Set.of() : FOR_ALL);
    }

    private static ArchRule onlyUses(String name, Set<String> allowed, Set<String> allowedForAll) {
        String[] all = Stream.of(Set.of(name), allowed, allowedForAll).flatMap(Set::stream)
                .map(PackageArrowsTest::longName).toArray(String[]::new);
        return classes().that(resideInAPackage(longName(name))).should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(BASE + "..").or(resideInAnyPackage(all)));
    }

    private static String longName(String name) {
        return name.equals(".") ? BASE : BASE + "." + name;
    }

    private static String shortName(String name) {
        return name.equals(BASE) ? "." : name.substring(BASE.length() + 1);
    }

    /** A package may have several lines. */
    private static Map<String, Set<String>> table(String table) {
        return table.lines().map(line -> line.split(" *: *", 2)).collect(groupingBy(row -> row[0],
                flatMapping(row -> row[1].isEmpty() ? Stream.of() : Stream.of(row[1].split(" ")), toSet())));
    }
}
