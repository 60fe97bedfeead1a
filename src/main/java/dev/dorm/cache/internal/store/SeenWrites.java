package dev.dorm.cache.internal.store;

/**
 * How far the writes of a shard had come, as this process learned it, and when. Thread-safe.
 *
 * <p>A transaction fills a row that is absent on the strength of the newest write that was known before it began, and
 * every reply may tell of a newer one. So some of what was known before is remembered; what is forgotten counts as not
 * known, which costs a put and is never wrong.
 */
final class SeenWrites {

    /** Of the older half, every second one is forgotten when there are so many. */
    static final int MOST = 64;

    private final long[] numbers = new long[MOST];
    private final long[] since = new long[MOST];
    private int count;
    private volatile long newest;

    /** Takes note of the number of the newest write; an older one is of a reply that came late. */
    void saw(long number, long now) {
        if (number > newest) {
            add(number, now);
        }
    }

    /** Takes note of the number of the newest write in a memory that may be another one. */
    synchronized void renewed(long number, long now) {
        if (number < newest) {
            count = 0;
            newest = 0;
        }
        saw(number, now);
    }

    private synchronized void add(long number, long now) {
        if (number > newest) {
            if (count == MOST) {
                thin();
            }
            numbers[count] = number;
            since[count] = now;
            count++;
            newest = number;
        }
    }

    private void thin() {
        int kept = 0;
        for (int i = 0; i < MOST; i++) {
            if (i >= MOST / 2 || i % 2 == 1) {
                numbers[kept] = numbers[i];
                since[kept] = since[i];
                kept++;
            }
        }
        count = kept;
    }

    /** Returns the newest write that was known before a transaction began; 0 for none. */
    synchronized long before(TransactionStart began) {
        for (int i = count - 1; i >= 0; i--) {
            if (since[i] - began.at() < 0) {
                return numbers[i];
            }
        }
        return 0;
    }
}
