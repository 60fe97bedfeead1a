package dev.dorm.cache.violation.codec;

/** Something that a backend must not know. */
public record Above() {}
