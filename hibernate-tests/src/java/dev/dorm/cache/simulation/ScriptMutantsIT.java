package dev.dorm.cache.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@code SimulationMutantsTest}, of the rules in the Lua scripts: the simulation over a real Redis finds a history that
 * breaks a promise.
 */
class ScriptMutantsIT {

    private static OwnRedis server;

    @TempDir
    Path work;

    @BeforeAll
    static void open() {
        server = RedisServer.startOwn("--enable-debug-command", "yes");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    static Stream<Mutant> mutants() {
        return Mutant.tried(ScriptMutants.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aRuleIsMissed(Mutant mutant) throws Exception {
        long begin = System.nanoTime();
        try (MutatedLibrary library = MutatedLibrary.without(mutant, work)) {
            Object found = library.loadClass(RedisHunt.class.getName())
                    .getMethod("hunt", int.class, long.class, Duration.class)
                    .invoke(null, server.port(), mutant.firstSeed(), Mutant.MOST);
            mutant.report(begin, found);
            assertThat(found).as(mutant.rule()).isNotNull();
        }
    }
}
