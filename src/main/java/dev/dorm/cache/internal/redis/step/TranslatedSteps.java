package dev.dorm.cache.internal.redis.step;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps made ready to send: one, or several that one script takes together.
 *
 * @param steps which of the batch they are
 * @param calls the commands they take
 * @param meanings what the commands' replies mean, for each of the steps
 * @param timed whether it is one script, whose reply begins with the {@link Moment}
 */
public record TranslatedSteps(
        List<Integer> steps,
        List<RedisCommandCall> calls,
        Function<List<@Nullable Object>, ? extends List<?>> meanings,
        boolean timed) {

    /** How many values a script's moment takes. */
    static final int MOMENT = 2;

    /** Returns commands that only read or store a value. */
    static TranslatedSteps plain(
            List<Integer> steps,
            List<RedisCommandCall> calls,
            Function<List<@Nullable Object>, ? extends List<?>> meanings) {
        return new TranslatedSteps(steps, calls, meanings, false);
    }

    /** Returns a script; what it replies behind the moment has a meaning for each of the steps. */
    static TranslatedSteps script(
            List<Integer> steps, RedisCommandCall call, Function<List<?>, ? extends List<?>> meanings) {
        return new TranslatedSteps(
                steps,
                List.of(call),
                replies -> {
                    List<?> reply = (List<?>) requireNonNull(replies.get(0));
                    return meanings.apply(reply.subList(MOMENT, reply.size()));
                },
                true);
    }

    /** Returns when the steps were taken. */
    public Moment moment(List<@Nullable Object> replies) {
        if (!timed) {
            return Moment.UNTOLD;
        }
        List<?> reply = (List<?>) requireNonNull(replies.get(0));
        return new Moment(number(reply.get(0)), number(reply.get(1)));
    }

    /** Returns the number that a script has printed. */
    static long number(@Nullable Object digits) {
        return Long.parseLong(new String((byte[]) requireNonNull(digits), ISO_8859_1));
    }

    /** Returns all calls of them. */
    public static List<RedisCommandCall> calls(List<TranslatedSteps> prepared) {
        if (prepared.size() == 1) {
            return prepared.get(0).calls();
        }
        List<RedisCommandCall> calls = new ArrayList<>(prepared.size());
        for (TranslatedSteps each : prepared) {
            calls.addAll(each.calls());
        }
        return calls;
    }

    /** Returns what the replies to all calls say of the steps. */
    public static Replies replies(
            List<? extends Step<?>> steps, List<TranslatedSteps> prepared, List<@Nullable Object> replies) {
        Object[] meanings = new Object[steps.size()];
        Moment[] moments = new Moment[steps.size()];
        boolean timed = false;
        int from = 0;
        for (TranslatedSteps each : prepared) {
            int to = from + each.calls().size();
            List<?> some = each.meanings().apply(replies.subList(from, to));
            Moment moment = each.moment(replies.subList(from, to));
            timed |= each.timed();
            for (int n = 0; n < each.steps().size(); n++) {
                meanings[each.steps().get(n)] = some.get(n);
                moments[each.steps().get(n)] = moment;
            }
            from = to;
        }
        return new Replies(steps, Arrays.asList(meanings), timed ? List.of(moments) : List.of());
    }
}
