package dev.dorm.cache.violation.internal.key;

/** One half of a circle, which the rule finds. */
record Hen(Egg egg) {}
