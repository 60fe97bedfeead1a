package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A start does not pay for what the application does not use. */
class StartTest {

    private static final Pattern LOADED = Pattern.compile("\\[class,load *\\] ([\\w.$]+)");

    @Test
    void inProcessNothingIsLoadedOfRedisOrOfWhatIsNeededAfterAFailureOrForJmx() throws Exception {
        String printed = ChildJvm.run(
                Started.class,
                List.of("-Xlog:class+load:stdout", "-Dspring.devtools.restart.enabled=false"),
                "spring.jpa.hibernate.ddl-auto=create-drop");
        assertThat(printed.contains("Second-level cache: locmem")).isTrue();
        List<String> loaded = LOADED.matcher(printed.substring(0, printed.indexOf(Started.SAYS)))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded).contains("dev.dorm.cache.DormRegionFactory");
        // Whether the application has a client of its own is asked by its interface.
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("org.redisson."))
                .isSubsetOf("org.redisson.api.RedissonClient");
        // The interface is the type of what is made after a failure.
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("io.github.resilience4j."))
                .isSubsetOf("io.github.resilience4j.circuitbreaker.CircuitBreaker");
        // Spring Boot itself asks for some classes of Netty, also without the cache, but not for channels.
        assertThat(loaded)
                .noneMatch(name -> name.startsWith("io.netty.channel."))
                .noneMatch(name -> name.equals("com.sun.jmx.mbeanserver.JmxMBeanServer"))
                .noneMatch(name -> name.startsWith("dev.dorm.cache.internal.redis."));
    }

    @Test
    void theJmxBeanIsThereWhereSpringBootShowsBeansInJmx() throws Exception {
        assertThat(beansWith("spring.jmx.enabled=true")).isEqualTo(1);
        assertThat(beansWith("spring.jmx.enabled=false")).isZero();
    }

    private static int beansWith(String property) throws Exception {
        ObjectName all = new ObjectName("dev.dorm.cache:type=Cache,*");
        int before =
                ManagementFactory.getPlatformMBeanServer().queryNames(all, null).size();
        try (Application shop = Application.with(property)) {
            assertThat(shop.statistics().getHits()).isZero();
            return ManagementFactory.getPlatformMBeanServer()
                            .queryNames(all, null)
                            .size()
                    - before;
        }
    }
}
