package dev.dorm.cache.backend.redis;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps made ready to send: one, or several that one script takes together.
 *
 * @param steps which of the batch they are
 * @param calls the commands they take
 * @param meanings what the commands' replies mean, for each of the steps
 */
record Prepared(List<Integer> steps, List<Call> calls, Function<List<@Nullable Object>, ? extends List<?>> meanings) {}
