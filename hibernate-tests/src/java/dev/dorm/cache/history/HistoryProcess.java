package dev.dorm.cache.history;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** The main class of each JVM of a run. */
final class HistoryProcess {

    private final Options options = Options.ofThisProcess();
    private final Ledger ledger = new Ledger(Path.of(options.text("ledger")));
    private final Usage usage = new Usage(Path.of(options.text("ledger") + "-usage"));
    private final int process = options.number("process", 0);
    private final ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    private final List<Application> applications = new ArrayList<>();

    private HistoryProcess() {}

    /**
     * Works until the ledger says stop, checks what the cache says when all is quiet, and ends.
     *
     * @param arguments none; the options are system properties
     * @throws Exception when the process cannot work
     */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        });
        new HistoryProcess().run();
        System.exit(0);
    }

    private void run() throws Exception {
        for (int i = 0; i < options.number("factories", 1); i++) {
            applications.add(Application.build(options));
        }
        IntFunction<Runnable> workers = options.is("mostlyReading") ? mostlyReading() : workers();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < options.number("threads", 4); i++) {
            Thread thread = new Thread(workers.apply(i), "worker-" + i);
            threads.add(thread);
            thread.start();
        }
        ledger.acknowledge(process, Ledger.Phase.RUN);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            report();
            pause();
        }
        report();
        ledger.acknowledge(process, Ledger.Phase.STOP);
        await(Ledger.Phase.CHECK);
        long quiet = Ledger.now() + options.nearWindow().toNanos();
        while (Ledger.now() < quiet) {
            // What is kept may be stale for so long.
            pause();
        }
        try (Connection database = DriverManager.getConnection(options.text("database"))) {
            for (Application application : applications) {
                new QuietCheck(application, database, ledger, options).run();
            }
        }
        report();
        ledger.acknowledge(process, Ledger.Phase.CHECK);
        await(Ledger.Phase.EXIT);
        applications.forEach(Application::close);
    }

    private IntFunction<Runnable> workers() {
        Halting halting = new Halting(options.number("haltBeforeCommit", 0), options.number("haltAfterCommit", 0));
        return thread -> new Worker(ledger, applications, options, halting, thread);
    }

    /** The second application of each thread is never closed: it has nothing but connections. */
    private IntFunction<Runnable> mostlyReading() {
        Application uncached = Application.build(OutageRun.uncached(options));
        Ledger its = new Ledger(Path.of(options.text("uncachedLedger")));
        Timings timings = new Timings(Path.of(options.text("timings")));
        return thread -> new MostlyReading(ledger, its, timings, applications.get(0), uncached, options, thread);
    }

    private void report() {
        applications.forEach(application -> application.report(ledger));
        long question = usage.asked();
        if (question != usage.answered(process)) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            usage.answer(process, question, runtime.totalMemory() - runtime.freeMemory(), threads);
        }
        ledger.hits(process, applications.stream().mapToLong(Application::hits).sum());
    }

    private void await(Ledger.Phase phase) {
        while (ledger.phase().compareTo(phase) < 0) {
            pause();
        }
    }

    /** Waits a little; nobody works on for a run that was killed. */
    private void pause() {
        if (!parent.isAlive()) {
            Halting.halt();
        }
        LockSupport.parkNanos(20_000_000L);
    }
}
