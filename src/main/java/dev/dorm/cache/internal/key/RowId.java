package dev.dorm.cache.internal.key;

import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A rendered id. The row that it names is found once, for all who ask for it. Immutable, but for that. */
public final class RowId implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private transient @Nullable Named named;

    /**
     * Creates one.
     *
     * @param text the rendering
     */
    public RowId(String text) {
        this.text = text;
    }

    /**
     * A row as a store knows it.
     *
     * @param namespace where it is looked for
     * @param row the row
     * @param key under which key it stands
     */
    public record Named(Namespace namespace, Row row, String key) {}

    public String text() {
        return text;
    }

    /** Returns the row of a namespace that it names. Each store has one object for a namespace as it is laid out. */
    @SuppressWarnings("ReferenceEquality")
    public Named in(Namespace namespace) {
        // Read once, and by itself immutable: whichever thread has written it, it is whole.
        Named known = named;
        if (known == null || known.namespace != namespace) {
            Row row = namespace.row(text);
            known = new Named(namespace, row, row.key());
            named = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
