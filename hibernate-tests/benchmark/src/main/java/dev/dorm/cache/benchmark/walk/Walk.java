package dev.dorm.cache.benchmark.walk;

import dev.dorm.cache.benchmark.Pace;
import dev.dorm.cache.benchmark.Servers;
import dev.dorm.cache.benchmark.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Walks over the application with each subject: cold in turns, each time over fresh JVMs, then warm in turns. */
public final class Walk {

    private static final Path LOGS = Path.of("hibernate-tests/benchmark/target/logs");
    private static final int COLD_ROUNDS = 3;

    private final Servers servers;
    private final Pace pace;
    private int schemas;

    private Walk(Servers servers, Pace pace) {
        this.servers = servers;
        this.pace = pace;
    }

    /**
     * Measures everything, and writes the page.
     *
     * @param pace how long it takes
     * @param directory where the page goes
     * @throws IOException when a server or a node fails, or this library has given a stale answer
     */
    public static void run(Pace pace, Path directory) throws IOException {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        try (Servers servers = new Servers()) {
            Walk walk = new Walk(servers, pace);
            List<Course> warm = Course.each();
            // Where it is to be quick, the nodes that are to get warm are the cold ones, too.
            List<Course> cold = pace == Pace.FULL ? Course.all() : warm;
            if (pace == Pace.FULL) {
                walk.cold(cold);
            }
            int requests = walk.warm(warm);
            new WalkReport(servers, pace == Pace.FULL ? COLD_ROUNDS : 1, cold, warm, requests).write(directory);
        }
        System.out.println("Written to " + directory);
    }

    private void cold(List<Course> courses) throws IOException {
        // Counted first, which needs the proxies and warms the walker up; it is a time of its own.
        for (Course course : courses) {
            try (Nodes nodes = new Nodes(course, true)) {
                long redis = servers.redisTrips();
                long database = servers.postgresTrips();
                long begin = System.nanoTime();
                nodes.walk();
                course.add("far", (System.nanoTime() - begin) / 1e9);
                course.add("trips", servers.redisTrips() - redis);
                course.add("databaseTrips", servers.postgresTrips() - database);
            }
        }
        List<Course> order = new ArrayList<>(courses);
        for (int round = 0; round < COLD_ROUNDS; round++) {
            for (Course course : order) {
                try (Nodes nodes = new Nodes(course, false)) {
                    cold(nodes);
                }
            }
            Collections.rotate(order, 1);
        }
    }

    private static void cold(Nodes nodes) throws IOException {
        Course course = nodes.course;
        List<Map<String, Long>> before = nodes.statistics();
        long begin = System.nanoTime();
        nodes.walk();
        course.add("walk", (System.nanoTime() - begin) / 1e9);
        course.add("stale", nodes.walker.stale());
        List<Map<String, Long>> after = nodes.statistics();
        for (int node = 0; node < after.size(); node++) {
            course.add("start", nodes.processes.get(node).startMillis / 1e3);
            course.add("startClasses", before.get(node).get("classes"));
            course.add("startProcessor", before.get(node).get("processor") / 1e3);
            course.add("startCompilation", before.get(node).get("compilation") / 1e3);
        }
        for (String name : after.get(0).keySet()) {
            long sum = 0;
            for (int node = 0; node < after.size(); node++) {
                sum += after.get(node).get(name) - before.get(node).get(name);
            }
            course.add(name, sum);
        }
        System.out.printf(
                "%-20s %d: %.1f s, %.0f statements, %d stale, %s%n",
                course.title(),
                course.nodes,
                course.median("walk"),
                course.median("statements"),
                nodes.walker.stale(),
                after);
    }

    /** Returns how many requests a walk has. */
    private int warm(List<Course> courses) throws IOException {
        List<Nodes> all = new ArrayList<>();
        try {
            for (Course course : courses) {
                Nodes nodes = new Nodes(course, false);
                all.add(nodes);
                if (pace == Pace.FULL) {
                    nodes.walk();
                } else {
                    cold(nodes);
                }
            }
            int requests = all.get(0).walker.requests();
            int warmUp = pace == Pace.FULL ? 250 : pace == Pace.QUICK ? 100 : 5;
            int rounds = pace == Pace.FULL ? 7 : pace == Pace.QUICK ? 3 : 1;
            int measured = pace == Pace.SMOKE ? 5 : 60;
            for (Nodes nodes : all) {
                warm(nodes, warmUp, false);
            }
            List<Nodes> order = new ArrayList<>(all);
            for (int round = 0; round < rounds; round++) {
                for (Nodes nodes : order) {
                    warm(nodes, measured, true);
                }
                Collections.rotate(order, 1);
            }
            for (Nodes nodes : all) {
                nodes.course.add("warmStale", nodes.walker.stale() - nodes.staleCold);
            }
            return requests;
        } finally {
            all.forEach(Nodes::close);
        }
    }

    private static void warm(Nodes nodes, int requests, boolean measured) throws IOException {
        for (int used = 1; used <= nodes.course.nodes; used++) {
            nodes.walker.use(nodes.processes.subList(0, used));
            for (WarmRequest kind : WarmRequest.values()) {
                long statements = nodes.sum("statements");
                long calls = nodes.sum("calls");
                long begin = System.nanoTime();
                for (int i = 0; i < requests; i++) {
                    kind.ask(nodes.walker, nodes.number++);
                }
                if (measured) {
                    String name = kind + " " + used;
                    nodes.course.add(name, (System.nanoTime() - begin) / 1e6 / requests);
                    nodes.course.add("statements " + name, (nodes.sum("statements") - statements) / (double) requests);
                    nodes.course.add("calls " + name, (nodes.sum("calls") - calls) / (double) requests);
                }
            }
        }
        nodes.mustBeRight();
    }

    /** The nodes of one course over a database of their own and an empty Redis. */
    private final class Nodes implements AutoCloseable {

        final Course course;
        final List<NodeProcess> processes = new ArrayList<>();
        final Walker walker = new Walker(processes, pace == Pace.SMOKE);
        int staleCold;
        int number;

        Nodes(Course course, boolean counted) throws IOException {
            this.course = course;
            String schema = "walk_" + schemas++;
            Node.createTables(servers.createSchema(schema, false));
            String database = servers.database(schema, counted);
            String prefix = schema + course.subject;
            Path log = LOGS.resolve("walk-" + course.subject + ".log");
            for (int node = 0; node < course.nodes; node++) {
                processes.add(new NodeProcess(course.subject, database, servers.redis(counted), prefix, log));
            }
        }

        void walk() throws IOException {
            walker.walk();
            staleCold = walker.stale();
            mustBeRight();
        }

        /** Ends the run if an answer of this library is older than it may be. */
        void mustBeRight() throws IOException {
            boolean strict = course.subject == Subject.LOCMEM || course.subject == Subject.REDIS;
            if ((strict || course.subject == Subject.NONE) && walker.stale() > 0) {
                throw new IOException(course.title() + " gave " + walker.stale() + " wrong answers, the first at "
                        + walker.firstStale());
            }
        }

        /** Returns what all nodes together have counted. */
        long sum(String name) throws IOException {
            return statistics().stream()
                    .mapToLong(node -> node.getOrDefault(name, 0L))
                    .sum();
        }

        List<Map<String, Long>> statistics() throws IOException {
            List<Map<String, Long>> statistics = new ArrayList<>();
            for (NodeProcess process : processes) {
                statistics.add(process.statistics());
            }
            return statistics;
        }

        @Override
        public void close() {
            processes.forEach(NodeProcess::close);
        }
    }
}
