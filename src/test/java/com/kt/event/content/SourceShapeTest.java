package com.kt.event.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

/**
 * No class of the service or of its tests is longer than 250 lines, with its imports and comments, and no method body
 * longer than 30. A method that is data may be longer: its body is one return statement without a lambda, such as a switch
 * or a table of literals.
 */
class SourceShapeTest {
    private static final int CLASS = 250;
    private static final int METHOD = 30;

    @Test
    void noClassIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > CLASS) {
                tooLong.add(file.getFileName() + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noMethodIsTooLong() throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        for (Path file : sources()) {
            files.add(source(file.getFileName().toString(), Files.readString(file)));
        }
        assertThat(files).hasSizeGreaterThan(300);
        assertThat(tooLong(files)).isEmpty();
    }

    @Test
    void findsALongMethodAndALongConstructor() throws IOException {
        String body = "{\n" + "i++;\n".repeat(METHOD - 1) + "}\n";

        assertThat(tooLong("class Sample { int i; Sample() " + body + "void method() " + body + "}"))
                .containsExactly("Sample.java:1 <init>: 31 lines", "Sample.java:32 method: 31 lines");
    }

    @Test
    void findsALongMethodOfAnInnerClass() throws IOException {
        assertThat(
                tooLong("class Sample { Object o = new Object() { void method() {\n" + "\n".repeat(METHOD - 1)
                        + "} }; }"))
                .containsExactly("Sample.java:1 method: 31 lines");
    }

    @Test
    void doesNotCountAnnotationsAndParameters() throws IOException {
        assertThat(tooLong("class Sample {\n@Deprecated(\n" + "\n".repeat(METHOD) + ")\nvoid method(int a,\n"
                + "\n".repeat(METHOD) + "int b) {\n}\n}")).isEmpty();
    }

    @Test
    void letsDataBeLonger() throws IOException {
        String cases = "case \"a\" -> 1;\n".repeat(METHOD);

        assertThat(tooLong("class Sample { int method(String s) {\nreturn switch (s) {\n" + cases + "};\n} }"))
                .isEmpty();
    }

    @Test
    void doesNotTakeAPipelineForData() throws IOException {
        assertThat(tooLong(
                "class Sample { Object method() {\nreturn stream()" + "\n.map(i -> i)".repeat(METHOD) + ";\n} }"))
                .hasSize(1);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/test/java", "src/bench")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static List<String> tooLong(String source) throws IOException {
        return tooLong(List.of(source("Sample.java", source)));
    }

    private static List<String> tooLong(List<JavaFileObject> files) throws IOException {
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, null,
                List.of("-proc:none"), null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<String> tooLong = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            unit.accept(new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void nothing) {
                    if (method.getBody() != null && lines(method.getBody()) > METHOD && !isData(method)) {
                        tooLong.add(
                                "%s:%d %s: %d lines".formatted(Path.of(unit.getSourceFile().getName()).getFileName(),
                                        line(positions.getStartPosition(unit, method)), method.getName(),
                                        lines(method.getBody())));
                    }
                    return super.visitMethod(method, nothing);
                }

                private long lines(Tree tree) {
                    return line(positions.getEndPosition(unit, tree)) - line(positions.getStartPosition(unit, tree))
                            + 1;
                }

                private long line(long position) {
                    return unit.getLineMap().getLineNumber(position);
                }
            }, null);
        }
        return tooLong;
    }

    private static boolean isData(MethodTree method) {
        List<? extends StatementTree> statements = method.getBody().getStatements();
        return statements.size() == 1 && statements.get(0) instanceof ReturnTree
                && Boolean.TRUE != statements.get(0).accept(new TreeScanner<Boolean, Void>() {
                    @Override
                    public Boolean visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
                        return true;
                    }

                    @Override
                    public Boolean reduce(Boolean one, Boolean other) {
                        return Boolean.TRUE == one || Boolean.TRUE == other;
                    }
                }, null);
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
