package dev.dorm.cache.exploration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some virtual transactions around a real store, of which a test decides who takes the next step. It does the same
 * whenever the same steps are taken.
 */
public interface World extends AutoCloseable {

    /** With this begins a step that does once more what was sent before. */
    String COPY = "again-";

    /** With this begins a step by which something arrives that follows a completion. */
    String ARRIVES = "arrives-";

    /** Returns the steps that can be taken now. */
    List<String> enabled();

    /** Takes a step. */
    void take(String step);

    /** Returns the first promise that was broken, or null. */
    @Nullable
    String violation();

    /** Returns a text that is the same for worlds that have the same future. */
    String state();

    @Override
    void close();
}
