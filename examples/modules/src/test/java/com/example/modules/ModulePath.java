package com.example.modules;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** Directories of jars, and what can be done with them. */
final class ModulePath {

    /** The cache, Hibernate and a database; no Redisson. */
    static final ModulePath WITHOUT_REDIS = new ModulePath("target/modules");

    static final ModulePath WITH_REDIS = new ModulePath("target/modules", "target/redis-modules");

    private static final long PATIENCE_SECONDS = 120;

    private final String path;

    private ModulePath(String... directories) {
        this.path = String.join(System.getProperty("path.separator"), directories);
    }

    /** Returns the cache, as the module system sees it. */
    ModuleDescriptor cache() {
        return ModuleFinder.of(Arrays.stream(path.split(System.getProperty("path.separator")))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .find("dev.dorm.cache")
                .orElseThrow()
                .descriptor();
    }

    /** Runs the program in a JVM of its own, and returns what it printed, and how it ended. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "program", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                "target/modules-1.jar" + System.getProperty("path.separator") + path,
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "com.example.modules/com.example.modules.Program"));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            program.destroyForcibly().waitFor();
        }
        return new Ended(program.exitValue(), Files.readString(output));
    }

    /** Compiles a class of a module that requires the cache, and returns what the compiler said. */
    Ended compile(Path directory, String imported) throws IOException {
        Path descriptor = Files.writeString(
                directory.resolve("module-info.java"), "module com.example.curious { requires dev.dorm.cache; }");
        Path source = Files.writeString(
                Files.createDirectories(directory.resolve("curious")).resolve("Curious.java"),
                "package curious; import %s; class Curious {}".formatted(imported));
        StringWriter said = new StringWriter();
        PrintWriter printer = new PrintWriter(said);
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        printer,
                        printer,
                        "--module-path",
                        path,
                        "--class-path",
                        "",
                        "-d",
                        directory.resolve("classes").toString(),
                        descriptor.toString(),
                        source.toString());
        return new Ended(code, said.toString());
    }

    record Ended(int code, String output) {}
}
