package dev.dorm.cache.internal.redis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;

/** One cause is said in one way, whichever script met it: it is logged once a minute. */
class FailuresTest {

    private static String said(String text) {
        return Failures.translated(new RedisException(text), Secrets.NONE).getMessage();
    }

    /** As Redis 7 says it, and as Redis 6 does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2$s script: %1$s, on @user_script:%3$d. channel: [id: 0x1] command: (EVALSHA), params: [1]",
                "ERR Error running script (call to f_%1$s): @user_script:%3$d: @user_script: %3$d: -%2$s"
            })
    void whatEachScriptIsRefusedIsOneCause(String form) {
        List<String> refusals = List.of(
                "NOREPLICAS Not enough good replicas to write.",
                "READONLY You can't write against a read only replica.",
                "MISCONF Errors writing to the AOF file: No space left on device");
        for (String refusal : refusals) {
            assertThat(Arrays.stream(Script.values())
                            .map(script -> said(form.formatted(script.sha(), refusal, 7 + script.ordinal())))
                            .distinct())
                    .as(refusal)
                    .singleElement()
                    .asString()
                    .startsWith(refusal.replaceFirst("\\.$", "") + "; ");
        }
    }

    @Test
    void soIsAFullMemory() {
        assertThat(Arrays.stream(Script.values())
                        .map(script -> Failures.translated(
                                        new RedisOutOfMemoryException(
                                                "command not allowed when used memory > 'maxmemory'."
                                                        + " script: " + script.sha() + ", on @user_script:"
                                                        + script.ordinal()
                                                        + "."),
                                        Secrets.NONE)
                                .getMessage())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theCommandThatAScriptMayNotRunIsNamed() {
        Script script = Script.LOCK_SHARD;
        List<String> lines = script.text().lines().toList();
        int line = 1;
        while (!lines.get(line - 1).contains("redis.call('")) {
            line++;
        }
        assertThat(said("ERR This user can't run this command. script: " + script.sha() + ", on @user_script:" + line))
                .startsWith("NOPERM ERR This user can't run this command: the command is ")
                .doesNotContain(script.sha());
    }
}
