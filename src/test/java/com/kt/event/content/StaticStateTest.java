package com.kt.event.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * All classes of the native executable are initialized while it is built (NativeImageFeatureStep, Quarkus 3.34.1). A static
 * field whose initializer reads the machine, its clock or a random generator therefore has the builder's value in every
 * instance: System.nanoTime, for example, counts from the start of each machine (netty/netty#13380). None may do so.
 */
class StaticStateTest {
    /** Class and method, {@code <init>} for a constructor, with its parameters where only one of several counts. */
    private static final Pattern OF_THE_MACHINE = Pattern.compile(String.join("|",
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis|getenv|getProperty|getProperties|console)\\(.*",
            "java\\.time\\..*\\.now\\(.*", "java\\.time\\.Clock\\.(instant|millis|systemDefaultZone)\\(.*",
            "java\\.time\\.InstantSource\\.(instant|millis)\\(.*", "java\\.util\\.Date\\.<init>\\(\\)",
            "java\\.util\\.Calendar\\.getInstance\\(.*",
            "java\\.time\\.ZoneId\\.systemDefault\\(.*", "java\\.util\\.TimeZone\\.getDefault\\(.*",
            "java\\.util\\.Locale\\.getDefault\\(.*", "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(.*",
            "java\\.lang\\.String\\.(toLowerCase|toUpperCase|getBytes)\\(\\)",
            "java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)\\(.*",
            "java\\.util\\.(Random|SplittableRandom)\\.<init>\\(\\)", "java\\.security\\.SecureRandom\\..*",
            "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*", "java\\.util\\.random\\..*",
            "java\\.lang\\.(Math|StrictMath)\\.random\\(.*", "java\\.util\\.UUID\\.randomUUID\\(.*",
            "java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)",
            "java\\.net\\.(InetAddress|NetworkInterface)\\..*", "java\\.net\\.InetSocketAddress\\.<init>\\(.*",
            "java\\.lang\\.Runtime\\.(availableProcessors|maxMemory|totalMemory|freeMemory|exec)\\(.*",
            "java\\.lang\\.(ProcessHandle|ProcessBuilder|management\\.ManagementFactory)\\..*",
            "java\\.lang\\.Thread\\.<init>\\(.*", "java\\.util\\.Timer\\.<init>\\(.*",
            "java\\.util\\.concurrent\\.(Executors|ForkJoinPool|ScheduledThreadPoolExecutor|ThreadPoolExecutor)\\..*",
            "java\\.nio\\.file\\.Files\\..*", "java\\.io\\.File\\.(createTempFile|exists|listRoots|getAbsolute).*",
            "java\\.nio\\.file\\.Path\\.(toAbsolutePath|toRealPath)\\(.*",
            "org\\.eclipse\\.microprofile\\.config\\.ConfigProvider\\..*"));

    private static JavaClasses ours;
    private static JavaClasses examples;

    /** Only calls by our own code are examined, for which the called classes need not be read. */
    @BeforeAll
    static void readOurClassesOnly() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        ours = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Stand-ins for dev mode and tests, which do not ship.
                .withImportOption(location -> !location.contains("/embedded/"))
                .importPackages("com.kt.event.content");
        examples = new ClassFileImporter().importClasses(StaticStateTest.class.getDeclaredClasses());
    }

    @AfterAll
    static void reset() {
        ArchConfiguration.get().reset();
    }

    @Test
    void noStaticOfTheServiceDependsOnTheMachineThatBuildsIt() {
        assertThat(ours).hasSizeGreaterThan(100);
        assertThat(ours.stream().flatMap(each -> calls(each).stream())).isEmpty();
    }

    /** The seed of the default generator is the builder's, too: all instances get the same numbers (tried, GraalVM 25). */
    @Test
    void nothingOfTheServiceUsesTheDefaultRandomGenerator() {
        assertThat(ours.stream().flatMap(each -> each.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isAssignableTo(RandomGenerator.class)
                        || call.getTargetOwner().isEquivalentTo(RandomGeneratorFactory.class))
                .filter(call -> Set.of("getDefault", "of", "create").contains(call.getName()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {OfItsStart.class, OfItsLocale.class, OfItsHost.class, ByAMethod.class, ByALambda.class,
            ByAReference.class, ByAConstructor.class, ByAnotherClass.class, OfAnEnum.class, OfChance.class})
    void findsAStaticThatDepends(Class<?> bad) {
        assertThat(calls(examples.get(bad))).as(bad.getSimpleName()).isNotEmpty();
    }

    @Test
    void leavesAStaticAloneThatDoesNotDepend() {
        assertThat(calls(examples.get(Sound.class))).isEmpty();
    }

    /** The calls of the above by the initializer, directly or through our own code. */
    private static Set<String> calls(JavaClass type) {
        Set<String> found = new TreeSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>();
        type.getStaticInitializer().ifPresent(next::add);
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.pop();
            if (seen.add(unit)) {
                targets(unit).forEach(target -> {
                    if (OF_THE_MACHINE.matcher(target.getFullName()).matches()) {
                        found.add(type.getName() + " calls " + target.getFullName());
                    }
                    target.resolveMember().filter(member -> isOurs(member.getOwner())).ifPresent(next::add);
                });
            }
        }
        return found;
    }

    /** Includes calls in lambdas, which the initializer may run. */
    private static Stream<? extends CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
        return Stream.concat(unit.getCallsFromSelf().stream().map(call -> call.getTarget()),
                unit.getCodeUnitReferencesFromSelf().stream().map(reference -> reference.getTarget()));
    }

    private static boolean isOurs(JavaClass owner) {
        return owner.getPackageName().startsWith("com.kt.event.content");
    }

    static class OfItsStart {
        static final long NEVER = System.nanoTime() - 1;
    }

    static class OfItsLocale {
        static final String NAME = "I".toLowerCase();
    }

    static class OfItsHost {
        static final String HOST = InetAddress.getLoopbackAddress().getHostName();
    }

    static class ByAMethod {
        static final Instant START = now();

        private static Instant now() {
            return Instant.now();
        }
    }

    static class ByALambda {
        static final Map<String, String> IDS = new HashMap<>();
        static {
            IDS.computeIfAbsent("a", key -> UUID.randomUUID().toString());
        }
    }

    static class ByAReference {
        static final Supplier<Charset> CHARSET = Charset::defaultCharset;
    }

    static class ByAConstructor {
        static final ByAConstructor INSTANCE = new ByAConstructor();
        final int processors = Runtime.getRuntime().availableProcessors();
    }

    static class ByAnotherClass {
        static final Instant START = ByAMethod.now();
    }

    enum OfAnEnum {
        ONE;

        final String home = System.getenv("HOME");
    }

    static class OfChance {
        static final Random DICE = new Random();
    }

    /** Asks when it is used, or asks for nothing of the machine's. */
    static class Sound {
        static final Random DICE = new Random(7);
        static final String NAME = "I".toLowerCase(Locale.ROOT);
        static final List<String> NAMES = Stream.of("b", "a").sorted().toList();
        final long now = System.nanoTime();

        static LongSupplier clock() {
            return System::nanoTime;
        }
    }
}
