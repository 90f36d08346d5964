package com.kt.event.content.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.kt.event.content.bench.floor.FloorServer;
import com.kt.event.content.bench.lab.Launch;

/** Finds out how the systems that the options name are started. */
class Launches {
    static final String FLOOR = "floor";
    private static final String MEMORY = "-Xmx256m";

    private final Path target;
    private final Options options;

    Launches(Path target, Options options) {
        this.target = target;
        this.options = options;
    }

    /** The floor first, unless it is not wanted. */
    List<Launch> all() {
        List<Launch> launches = new ArrayList<>();
        if (options.hasFloor()) {
            launches.add(floor());
        }
        (options.services().isEmpty() ? built() : options.services())
                .forEach(service -> launches.add(service(service)));
        List<String> names = launches.stream().map(Launch::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new BenchException("two systems have the same name: " + names + "; use --service NAME=…");
        }
        return launches;
    }

    private Launch floor() {
        return new Launch(FLOOR, List.of(options.java(), MEMORY, "-cp", System.getProperty("java.class.path"),
                FloorServer.class.getName()), true);
    }

    private List<String> built() {
        List<String> built = Stream.of("jvm", "native").filter(kind -> Files.exists(path(kind))).toList();
        if (built.isEmpty()) {
            throw new BenchException("there is nothing to measure: build the service with ./mvnw package -DskipTests");
        }
        return built;
    }

    private Launch service(String specification) {
        int equals = specification.indexOf('=');
        String kind = specification.substring(equals + 1);
        Path path = path(kind).toAbsolutePath();
        if (Files.isDirectory(path)) {
            path = path.resolve("quarkus-run.jar");
        }
        if (!Files.isRegularFile(path)) {
            throw new BenchException("there is no " + path + ", which --service " + specification + " names"
                    + (kind.equals("native") ? "; build it with ./mvnw package -Dnative -DskipTests" : ""));
        }
        String name = equals < 0 ? name(kind, path) : specification.substring(0, equals);
        if (!name.matches("[A-Za-z0-9._-]{1,30}")) {
            throw new BenchException("a name has 1 to 30 of A-Z a-z 0-9 . _ -, unlike " + name);
        }
        return new Launch(name, command(path), false);
    }

    private Path path(String kind) {
        return switch (kind) {
            case "jvm" -> target.resolve("quarkus-app/quarkus-run.jar");
            case "native" -> target.resolve("content-service-runner");
            default -> Path.of(kind);
        };
    }

    private static String name(String kind, Path path) {
        return kind.equals("jvm") || kind.equals("native") ? kind : path.getFileName().toString();
    }

    private List<String> command(Path path) {
        if (!path.toString().endsWith(".jar")) {
            return List.of(path.toString(), MEMORY);
        }
        List<String> command = new ArrayList<>(List.of(options.java()));
        command.addAll(options.javaOptions());
        command.addAll(List.of("-jar", path.toString()));
        return command;
    }
}
