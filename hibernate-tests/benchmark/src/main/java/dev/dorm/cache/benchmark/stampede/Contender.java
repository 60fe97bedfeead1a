package dev.dorm.cache.benchmark.stampede;

import dev.dorm.cache.benchmark.CacheSettings;
import dev.dorm.cache.benchmark.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A cache, and how it is set up. */
enum Contender {
    /** What a user has who sets nothing. */
    DORM("dorm", Subject.REDIS, false, Map.of()),
    /** One loads anew in the second half of an entry's life. */
    DORM_AHEAD("dorm, `refresh_ahead=50%`", Subject.REDIS, false, Map.of("refresh_ahead", "50%")),
    /** Nothing is loaded before it ends, and all ends when it is due. */
    DORM_PLAIN(
            "dorm, `refresh_ahead=0%`, `ttl_jitter=0%`",
            Subject.REDIS, false, Map.of("refresh_ahead", "0%", "ttl_jitter", "0%")),
    /** One thread of a process loads. */
    DORM_ONE_LOADER("dorm, `provider_disables_autocommit=true`", Subject.REDIS, true, Map.of()),
    /** Redisson's region factory. */
    REDISSON("Redisson", Subject.REDISSON, false, Map.of()),
    /** Each process has a cache of its own. */
    CAFFEINE("Caffeine (jcache)", Subject.CAFFEINE, false, Map.of());

    private final String title;
    private final Subject subject;
    private final boolean connectsLate;
    private final Map<String, String> more;

    Contender(String title, Subject subject, boolean connectsLate, Map<String, String> more) {
        this.title = title;
        this.subject = subject;
        this.connectsLate = connectsLate;
        this.more = more;
    }

    /** Returns how the tables call it. */
    String title() {
        return title;
    }

    /** Returns whether its processes share what they cache, in Redis. */
    boolean shared() {
        return subject.usesRedis();
    }

    /** Returns whether it is this library. */
    boolean ours() {
        return subject.ours();
    }

    /** Returns whether a transaction takes its connection with the first statement only. */
    boolean connectsLate() {
        return connectsLate;
    }

    /** Returns Hibernate's settings of it. */
    Map<String, Object> settings(String redis, String entity, Duration ttl) {
        Map<String, Object> settings = new CacheSettings(subject, redis, name(), List.of(entity), "json").settings(ttl);
        // Its default: how soon a failover is noticed is part of what is measured.
        settings.remove("hibernate.cache.dorm.timeout");
        settings.put("hibernate.connection.provider_disables_autocommit", String.valueOf(connectsLate));
        more.forEach((name, value) -> settings.put("hibernate.cache.dorm." + name, value));
        return settings;
    }
}
