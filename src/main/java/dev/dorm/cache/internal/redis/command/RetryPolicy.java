package dev.dorm.cache.internal.redis.command;

import java.time.Duration;

/**
 * How long Redisson tries before it gives a call up.
 *
 * @param timeout how long one reply may take
 * @param retryAttempts how often a call is repeated
 */
public record RetryPolicy(Duration timeout, int retryAttempts) {}
