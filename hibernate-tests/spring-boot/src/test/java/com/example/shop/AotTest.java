package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

/** What process-aot makes of the auto-configuration works, and what a native image needs is told. */
class AotTest {

    private static final Pattern OF_CAFFEINE =
            Pattern.compile("(com\\.github\\.benmanes\\.caffeine\\.cache\\.[FPSW][A-Z]+) source:");

    @Test
    void anApplicationThatWasProcessedCachesOverRedisAndItsReflectionHasHints() throws Exception {
        String agent = RuntimeHintsAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String printed = run(
                "-javaagent:" + agent + "=+dev.dorm.cache",
                "spring.data.redis.url=" + TestRedis.shared().url());
        assertThat(printed).contains("Second-level cache: redis (redis://localhost:", "MISSING []");
    }

    @Test
    void soDoesOneInProcess() throws Exception {
        assertThat(run("-Dspring.main.banner-mode=off", "dorm.cache.ttl=10m")).contains("Second-level cache: locmem");
    }

    private static String run(String option, String property) throws Exception {
        String printed = ChildJvm.run(
                AotProcessed.class,
                List.of(
                        "-Dspring.aot.enabled=true",
                        "-Dspring.devtools.restart.enabled=false",
                        "-Xlog:class+load:stdout",
                        option),
                property,
                "spring.jpa.hibernate.ddl-auto=create-drop",
                "dorm.cache.use-query-cache=true");
        assertThat(printed.contains("Starting AOT-processed Shop")).isTrue();
        assertThat(printed.contains("HITS 1")).isTrue();
        assertThat(OF_CAFFEINE.matcher(printed).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(RuntimeHintsPredicates.reflection()
                                .onType(TypeReference.of(type))
                                .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                        .accepts(AotProcessed.hints()));
        return printed.lines().filter(line -> !line.contains("[class,load]")).collect(Collectors.joining("\n"));
    }
}
