package dev.dorm.cache.simulation;

/**
 * What a row holds.
 *
 * @param version how often it was written; 0 where it has none
 * @param left a column: the number of the write that it is from
 * @param right another one
 */
record Cells(int version, int left, int right) {

    static Cells parse(String text) {
        String[] parts = text.split("/");
        return new Cells(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return version + "/" + left + "/" + right;
    }
}
