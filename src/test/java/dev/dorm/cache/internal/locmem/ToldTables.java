package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Of which tables a step tells, as {@code lock_tables.lua}, {@code unlock_tables.lua} and {@code renew_tables.lua} do. */
public final class ToldTables {

    private final Function<String, byte @Nullable []> store;
    private final LongSupplier millis;
    private final Step<?> step;
    private final Map<String, byte @Nullable []> before = new LinkedHashMap<>();

    /**
     * Looks at the tables of a step that is about to be taken.
     *
     * @param store what stands under a key
     * @param millis the store's clock
     * @param step the step
     */
    public ToldTables(Function<String, byte @Nullable []> store, LongSupplier millis, Step<?> step) {
        this.store = store;
        this.millis = millis;
        this.step = step;
        Clock clock = step.clock();
        if (clock != null && !(step instanceof Step.Read)) {
            step.tables().stream().map(clock::tableKey).forEach(key -> before.put(key, store.apply(key)));
        }
    }

    /** Returns the keys that it tells, once it is taken. */
    public List<String> after(Object reply) {
        List<String> told = new ArrayList<>();
        before.forEach((key, bytes) -> {
            if (step instanceof Step.LockTables && !reply.equals(0L)
                    || step instanceof Step.UnlockTables unlock && !stood(bytes, unlock.token())
                    || step instanceof Step.RenewTables && !Arrays.equals(bytes, store.apply(key))) {
                told.add(key);
            }
        });
        return told;
    }

    private boolean stood(byte @Nullable [] bytes, String token) {
        String record = bytes == null ? "" : new String(bytes, ISO_8859_1);
        int bar = record.indexOf('|');
        return bar >= 0
                && LockTokens.of(record.substring(bar), millis.getAsLong())
                        .live()
                        .containsKey(token);
    }
}
