package dev.dorm.cache.violation.backend;

import dev.dorm.cache.violation.internal.key.Above;

/** What the package order forbids; the rule is tried on it. */
record BackendThatKnowsTheCodec(Above above) {}
