package dev.dorm.cache.history;

/**
 * What a writing transaction makes of a cell.
 *
 * @param number the transaction's number
 * @param value {@link Ledger#NOTHING}, or what the cell holds: 1 for a row, and for a natural id its owner's row + 1
 */
record Change(long number, int value) {

    static final int SOMETHING = 1;

    static Change unpacked(long packed) {
        return new Change(packed >>> 8, (int) (packed & 0xff));
    }

    long packed() {
        return number << 8 | value;
    }

    boolean isNothing() {
        return value == Ledger.NOTHING;
    }
}
