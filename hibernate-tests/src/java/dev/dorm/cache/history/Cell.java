package dev.dorm.cache.history;

/**
 * What has one value at a time.
 *
 * @param kind which of an entity's things
 * @param entity which of {@link Entry}'s classes
 * @param slot the row, or the natural id
 */
record Cell(Kind kind, int entity, int slot) {

    enum Kind {
        ROW,
        MARKS,
        NOTE,
        CODE
    }

    static final int COUNT = Kind.values().length * Entry.CLASSES.size() * Ledger.CODES;

    int index() {
        return (kind.ordinal() * Entry.CLASSES.size() + entity) * Ledger.CODES + slot;
    }

    @Override
    public String toString() {
        return "%s %s %d".formatted(Entry.CLASSES.get(entity).getSimpleName(), kind, slot);
    }
}
