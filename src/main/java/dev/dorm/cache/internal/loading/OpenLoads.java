package dev.dorm.cache.internal.loading;

import static java.util.Collections.emptyMap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one session, or one thread, loads now. What is over is forgotten when something is added. Used by one thread at a time. */
public final class OpenLoads {

    private Map<Object, Load> loads = emptyMap();
    private boolean vain;
    private boolean listening;

    void add(Load load) {
        loads = loads.isEmpty() ? new LinkedHashMap<>() : loads;
        // They are in the order in which they began, and so in that in which they are over at the latest.
        Iterator<Load> oldest = loads.values().iterator();
        while (oldest.hasNext() && oldest.next().isOver()) {
            oldest.remove();
        }
        Load before = loads.remove(load.key);
        if (before != null) {
            before.end();
        }
        loads.put(load.key, load);
    }

    /** Returns whether something is loaded that others may wait for. */
    boolean any() {
        return loads.values().stream().anyMatch(load -> !load.isOver());
    }

    /** Returns whether a wait was for nothing, since all that was loaded was ended. */
    boolean haveWaitedInVain() {
        return vain;
    }

    void waitedInVain() {
        vain = true;
    }

    /** Returns, once, that somebody has to listen for the end of what is loaded outside a transaction. */
    boolean isToListen() {
        boolean first = !listening;
        listening = true;
        return first;
    }

    /** Returns whether nothing was begun that was not ended. */
    public boolean isEmpty() {
        return loads.isEmpty();
    }

    /**
     * Ends one: what it brought was sent, or it found nothing.
     *
     * @param key what was missed; null for nothing
     */
    public void end(@Nullable Object key) {
        Load load = key == null ? null : loads.remove(key);
        if (load != null) {
            load.end();
        }
    }

    /** Ends all of them. */
    public void endAll() {
        loads.values().forEach(Load::end);
        loads = emptyMap();
        vain = false;
    }
}
