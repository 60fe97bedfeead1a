package dev.dorm.cache.violation.internal.key;

/** The other half. */
record Egg(Hen hen) {}
