package com.example.restart;

import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManagerFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.hibernate.SessionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.devtools.restart.Restarter;

/**
 * An application that restarts itself twice, as DevTools does, and tells what each run finds. What Spring Boot keeps in static
 * fields is of the first run: whether a run's classes are let go is asked of the second.
 */
@SpringBootApplication
public class Restarting {

    /** What the runs share: it belongs to the JVM, and not to one of their class loaders. */
    private static final Properties SHARED = System.getProperties();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String SECOND = "restart.second";

    private Restarting() {}

    public static void main(String[] arguments) {
        SessionFactory factory = SpringApplication.run(Restarting.class, arguments)
                .getBean(EntityManagerFactory.class)
                .unwrap(SessionFactory.class);
        int run = (int) SHARED.merge("restart.run", 1, (before, one) -> (int) before + 1);
        if (run == 1) {
            factory.inTransaction(session -> session.persist(new Tea(1, Tea.Kind.GREEN)));
            read(factory);
        }
        read(factory);
        DormCache.of(factory).awaitSettled();
        System.out.println("HITS " + DormCache.of(factory).statistics().getHits());
        if (run == 2) {
            SHARED.put(SECOND, new WeakReference<>(Restarting.class.getClassLoader()));
        }
        if (run < 3) {
            new Thread(() -> Restarter.getInstance().restart(), "restart").start();
        } else {
            new Thread(Restarting::end).start();
        }
    }

    private static void read(SessionFactory factory) {
        factory.inTransaction(session -> {
            Tea.Kind kind = session.find(Tea.class, 1L).kind();
            List<Tea.Kind> queried = session.createQuery("select kind from Tea", Tea.Kind.class)
                    .setCacheable(true)
                    .getResultList();
            System.out.println("READ " + kind + " " + queried.get(0));
        });
    }

    /** The thread that has asked for the restart is of the run before, and waits for this one's main method. */
    private static void end() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("restart"))
                .forEach(Restarting::join);
        System.out.println("SECOND LOADER GONE " + isGone((WeakReference<?>) SHARED.get(SECOND)));
        System.exit(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the garbage collector takes it away, in time: threads of that run may still be about to end. */
    private static boolean isGone(WeakReference<?> reference) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (reference.get() != null && System.nanoTime() < end) {
            System.gc();
            System.runFinalization();
        }
        return reference.get() == null;
    }
}
