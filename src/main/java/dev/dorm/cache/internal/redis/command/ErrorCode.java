package dev.dorm.cache.internal.redis.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words with which Redis begins a refusal, and what to do about each. */
enum ErrorCode {
    WRONGPASS("correct user and password in the location"),
    NOAUTH("Redis asks for a password: the location must have one"),
    NOPERM("grant the user this right: docs/operations.md has the line with all of them"),
    DENIED("Redis takes no connections from other hosts without a password: set one, or protected-mode no"),
    LOADING("Redis has just started, and is used as soon as its data is in memory"),
    MOVED("the location must be redis+cluster://; if it is, slots are being moved"),
    CROSSSLOT("the location must be redis+cluster://"),
    CLUSTERDOWN("the cluster lacks masters for some slots: see CLUSTER INFO"),
    READONLY("this is a replica: the location must lead to the master, or to sentinels"),
    MASTERDOWN("this is a replica without its master: the location must lead to the master, or to sentinels"),
    OOM(
            "maxmemory is reached: set maxmemory-policy volatile-lru, and a ttl for every region, or give Redis more memory"),
    NOREPLICAS("fewer replicas are connected than min-replicas-to-write asks for"),
    MISCONF("Redis cannot save to its disk and refuses writes: see its log"),
    BUSY("a script of somebody else blocks Redis: see SCRIPT KILL");

    private static final Pattern ANY = Pattern.compile("(?<![A-Za-z])("
            + String.join("|", java.util.Arrays.stream(values()).map(Enum::name).toList()) + ")(?![A-Za-z])");

    private final String advice;

    ErrorCode(String advice) {
        this.advice = advice;
    }

    /** Returns the code that stands in what Redis said: at its beginning, or behind the name of a script's line. */
    static @Nullable ErrorCode in(String said) {
        Matcher code = ANY.matcher(said);
        return code.find() ? valueOf(code.group(1)) : null;
    }

    String advice() {
        return advice;
    }
}
