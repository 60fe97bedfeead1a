package dev.dorm.cache.internal.redis.step;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.proof.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** How each step is said in Redis, and what its reply means. */
public final class StepTranslator {

    private final ToIntFunction<String> slots;
    private final Loss loss;

    /**
     * Creates a translator.
     *
     * @param slots which keys stand together on one server
     * @param loss the last loss of writes that this process has found
     */
    public StepTranslator(ToIntFunction<String> slots, Loss loss) {
        this.slots = slots;
        this.loss = loss;
    }

    /**
     * Returns the steps of a batch ready to send. Those of one kind on rows of one shard go together, unless one between
     * them changes what they find.
     */
    public List<TranslatedSteps> of(List<? extends Step<?>> steps) {
        if (steps.size() == 1 && steps.get(0).row() == null) {
            return List.of(alone(0, steps.get(0)));
        }
        List<Supplier<TranslatedSteps>> prepared = new ArrayList<>();
        Map<Shard, RowScriptBatch> open = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step<?> step = steps.get(i);
            Row row = step.row();
            if (row == null) {
                int index = i;
                prepared.add(() -> alone(index, step));
                if (!concernsQueries(step)) {
                    open.clear();
                }
            } else {
                RowScriptBatch group = open.get(row.shard());
                if (group == null || !group.takes(step)) {
                    group = new RowScriptBatch(step.getClass(), row.shard());
                    open.put(row.shard(), group);
                    prepared.add(group::prepared);
                }
                group.add(i, row, step);
            }
        }
        return prepared.stream().map(Supplier::get).toList();
    }

    /** Returns whether a step leaves rows and their versions alone. */
    private static boolean concernsQueries(Step<?> step) {
        boolean asks = step instanceof Step.Read || step instanceof Step.Renew;
        return !asks && step.shard() == null;
    }

    private TranslatedSteps alone(int index, Step<?> step) {
        return new AloneStep(index, slots, loss).visit(step);
    }
}
