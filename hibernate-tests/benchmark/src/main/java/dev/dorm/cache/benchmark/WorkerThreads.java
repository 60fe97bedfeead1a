package dev.dorm.cache.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads by which JMH runs an operation in a worker: virtual ones when that was said before, where the JDK has them. */
public final class WorkerThreads extends ThreadPoolExecutor {

    /** The first JDK that has virtual threads. */
    static final int VIRTUAL_SINCE = 21;

    private static volatile boolean virtual;

    /**
     * Creates them, for JMH.
     *
     * @param threads how many
     * @param prefix of their names
     * @throws ReflectiveOperationException when there are no virtual threads
     */
    public WorkerThreads(int threads, String prefix) throws ReflectiveOperationException {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory());
    }

    /** Says which threads are made from now on. */
    static void virtual(boolean wanted) {
        virtual = wanted;
    }

    /** Returns whether those that were made last are virtual. */
    static boolean areVirtual() {
        return virtual;
    }

    /** Returns whether this JDK can make them. */
    static boolean areThere(Scenario scenario) {
        return !scenario.virtual() || Runtime.version().feature() >= VIRTUAL_SINCE;
    }

    /** The benchmark is compiled for JDK 17. */
    private static ThreadFactory factory()
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException, ClassNotFoundException {
        if (!virtual) {
            return Executors.defaultThreadFactory();
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }
}
