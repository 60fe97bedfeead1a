package dev.dorm.cache.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the worker's last measurement took of the processor, on all threads, the client's and the compiler's too. */
final class LastIteration {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static long began;
    private static long processor;

    private LastIteration() {}

    static synchronized void begin() {
        began = System.nanoTime();
        processor = SYSTEM.getProcessCpuTime();
    }

    static synchronized void end() {
        processor = SYSTEM.getProcessCpuTime() - processor;
        began = System.nanoTime() - began;
    }

    /** Returns how many processors were busy. */
    static synchronized double processors() {
        return (double) processor / began;
    }
}
