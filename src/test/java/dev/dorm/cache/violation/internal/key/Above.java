package dev.dorm.cache.violation.internal.key;

/** Something that a backend must not know. */
public record Above() {}
