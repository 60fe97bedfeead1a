package dev.dorm.cache.benchmark;

/** What is compared; each has a JVM of its own. */
public enum Subject {
    /** Hibernate without a second-level cache. */
    NONE("no cache"),
    /** This library in process. */
    LOCMEM("dorm, locmem"),
    /** This library over Redis. */
    REDIS("dorm, Redis"),
    /** This library over Redis with the near tier before it. */
    NEAR("dorm, Redis + near"),
    /** Redisson's region factory, with its default codec. */
    REDISSON("Redisson"),
    /** hibernate-jcache with Caffeine, entries by reference. */
    CAFFEINE("Caffeine (jcache)"),
    /** The clients by themselves, without Hibernate. */
    FLOOR("raw client");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    /** Returns how the tables call it. */
    public String title() {
        return title;
    }

    /** Returns whether it talks to Redis. */
    public boolean usesRedis() {
        return this == REDIS || this == NEAR || this == REDISSON || this == FLOOR;
    }

    /** Returns whether it is this library. */
    public boolean ours() {
        return this == LOCMEM || this == REDIS || this == NEAR;
    }
}
