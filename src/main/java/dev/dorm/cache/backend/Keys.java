package dev.dorm.cache.backend;

/**
 * The keys that the coherence protocol uses: makes them, and recognises them. Nothing else in the library knows how they
 * begin.
 *
 * <p>A store that holds a bounded number of values asks {@link #isBookkeeping} what it must not evict.
 */
public final class Keys {

    private static final String NAMESPACE = "dormqs:";
    private static final String VERSION = "dormver:";
    private static final String LOCK = "dormlock:";
    private static final String ROW = "dormrow:";
    private static final String WRITTEN = "dormwrote:";
    private static final String SLICES = "dormslices:";
    private static final String RENEWED = "dorminc:";
    private static final String CLOCK = "dormclk";
    private static final String PROOF = "dormproof:";
    private static final String CHANNEL = "dormnear:";

    private Keys() {}

    /**
     * Returns the name of a namespace.
     *
     * @param region a region's name, as Hibernate qualifies it
     * @return {@code dormqs:<region>}
     */
    public static String namespace(String region) {
        return NAMESPACE + escape(region);
    }

    /**
     * Returns the name of the namespace of a role that shares its region with others.
     *
     * @param region a region's name, as Hibernate qualifies it
     * @param role the entity, collection or natural id
     * @return {@code dormqs:<region>:<role>}
     */
    public static String namespace(String region, String role) {
        return namespace(region) + ":" + escape(role);
    }

    /** Escapes what separates the parts of a key, and what Redis Cluster reads as a hash tag. */
    private static String escape(String name) {
        return name.replace("%", "%25").replace(":", "%3A").replace("{", "%7B").replace("}", "%7D");
    }

    /**
     * Returns the region of which a key holds a result, or would.
     *
     * @param key a key that begins with a {@linkplain #namespace namespace}, in a cluster inside a hash tag with a number
     * @return the region's name, as Hibernate qualifies it
     */
    public static String region(String key) {
        int begin = key.indexOf(NAMESPACE) + NAMESPACE.length();
        int end = begin;
        while (end < key.length() && ":}".indexOf(key.charAt(end)) < 0) {
            end++;
        }
        String region = key.substring(begin, end);
        String whole = key.startsWith("{") ? region.replaceFirst("#\\d+$", "") : region;
        return whole.replace("%3A", ":").replace("%7B", "{").replace("%7D", "}").replace("%25", "%");
    }

    static String version(String namespace) {
        return VERSION + namespace;
    }

    /** Returns the namespace, with its hash tag, of which a key is the version's. */
    static String ofVersion(String key) {
        return key.substring(VERSION.length());
    }

    static String lock(String namespace) {
        return LOCK + namespace;
    }

    static String rows(String namespace) {
        return ROW + namespace + ":";
    }

    static String results(String namespace) {
        return namespace + ":v";
    }

    static String written(String namespace) {
        return WRITTEN + namespace;
    }

    static String slices(String namespace) {
        return SLICES + namespace;
    }

    /** Returns the key that tells for which memory of the server a namespace, or the clock, was renewed. */
    static String renewed(String namespace) {
        return RENEWED + namespace;
    }

    /** Returns the channel on which is told what changes in a namespace, or over a clock's tables, and the key under which stands that somebody listens. */
    static String channel(String namespace) {
        return CHANNEL + namespace;
    }

    static String clock(String regionPrefix) {
        return regionPrefix.isEmpty()
                ? CLOCK
                : CLOCK + "@" + regionPrefix.replace("%", "%25").replace(":", "%3A");
    }

    /**
     * Returns the key under which a server keeps what a process writes to see that it can.
     *
     * @param beside a key on that server
     * @param process the process's name
     * @return {@code dormproof:<process>}, with the other key's hash tag if it has one
     */
    public static String proof(String beside, String process) {
        int open = beside.indexOf('{');
        int close = beside.indexOf('}', open + 1);
        String tag = open < 0 || close < 0 ? "" : beside.substring(open, close + 1) + ":";
        return PROOF + tag + process;
    }

    /**
     * Returns whether a key is that of a row.
     *
     * @param key a key without a hash tag at its beginning
     * @return whether a row stands under it
     */
    public static boolean isRow(String key) {
        return key.startsWith(ROW);
    }

    /**
     * Returns whether what stands under a key says when something was written, or who writes just now. A store that evicts
     * it loses hits until it is seeded again.
     *
     * @param key a key without a hash tag at its beginning
     * @return whether it is a version, a region lock, the number of a write, or a part of the query clock
     */
    public static boolean isBookkeeping(String key) {
        return key.startsWith(VERSION)
                || key.startsWith(WRITTEN)
                || key.startsWith(SLICES)
                || key.startsWith(LOCK)
                || key.startsWith(CLOCK);
    }
}
