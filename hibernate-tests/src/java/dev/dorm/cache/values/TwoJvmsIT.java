package dev.dorm.cache.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.RunLength;
import dev.dorm.cache.testing.Served;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What {@link ValuesIT} does with two time zones and locales in one JVM, done with two JVMs that were started with theirs:
 * each is given by the cache what its own database gives it, and writes back what it would write without a cache.
 */
class TwoJvmsIT {

    private static final int FILLS = 6;

    private final long seed = Long.getLong("dorm.values.seed", System.nanoTime() % 1_000_000_000);
    private final List<String> findings = new ArrayList<>();
    private int rows;
    private int hits;
    private int refused;

    private static Server database;
    private static Child one;
    private static Child other;

    @BeforeAll
    static void start() throws SQLException {
        Served.H2.record();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        String prefix = RedisServer.shared().uniquePrefix();
        one = Child.start("America/New_York", "de", "DE", RedisServer.shared().url(), prefix);
        other = Child.start("Asia/Kolkata", "fr", "CA", RedisServer.shared().url(), prefix);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        database.stop();
    }

    @Test
    void eachReadsAndWritesAsWithoutACache() {
        RunLength length = RunLength.of("dorm.values.processes", "entities", 4);
        int entities = 0;
        for (long round = 0; length.goesOn(round); round++) {
            entities += entity(seed + round) ? 1 : 0;
        }
        System.out.println("Values check in two JVMs, seed " + seed + ", " + length + ": " + entities + " entities, "
                + rows + " rows, " + hits + " hits, " + refused + " refused");
        assertThat(findings)
                .as("repeat with -Ddorm.values.seed=<seed> -Ddorm.values.processes.entities=1")
                .isEmpty();
        assertThat(hits).isPositive();
    }

    private boolean entity(long now) {
        String url =
                "jdbc:h2:tcp://localhost:" + database.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        String made = one.ask("entity " + now + " " + url + " create");
        if (made.startsWith(ValuesProcess.REFUSED)) {
            return false;
        }
        assertThat(made).startsWith("America/New_York");
        assertThat(other.ask("entity " + now + " " + url + " none")).startsWith("Asia/Kolkata");
        List<Integer> prepared = new ArrayList<>();
        for (int row = 0; row < ValuesIT.ATTRIBUTES; row++) {
            if (prepare(row)) {
                prepared.add(row);
            } else {
                refused++;
            }
        }
        one.ask("evict");
        other.ask("evict");
        for (int row : prepared) {
            check(row, "seed " + now + " row " + row + " of " + made);
        }
        return true;
    }

    /** Each process must write back the same, or what one writes the other changes, also without a cache. */
    private static boolean prepare(int row) {
        if (one.ask("persist " + row).startsWith(ValuesProcess.REFUSED)) {
            return false;
        }
        List<String> written = new ArrayList<>();
        for (Child child : List.of(one, other, one)) {
            written.add(child.ask("rename " + row + " IGNORE name" + written.size()));
            written.add(child.ask("columns " + row));
        }
        return written.stream().noneMatch(each -> each.startsWith(ValuesProcess.REFUSED))
                && written.stream().distinct().count() == 2;
    }

    private void check(int row, String what) {
        String columns = one.ask("columns " + row);
        for (Child child : List.of(one, other, one)) {
            String truth = state(child.ask("read " + row + " IGNORE"));
            boolean hit = false;
            for (int i = 0; i < FILLS && !hit; i++) {
                String read = child.ask("read " + row + " NORMAL");
                hit = read.startsWith("hit ");
                same(what + ", " + child + (hit ? ", a hit" : ", a miss"), truth, state(read));
            }
            rows++;
            hits += hit ? 1 : 0;
        }
        for (Child child : List.of(other, one)) {
            child.ask("rename " + row + " NORMAL changed");
            same(what + ", " + child + ", the database after a change", columns, child.ask("columns " + row));
            for (Child each : List.of(one, other)) {
                String truth = state(each.ask("read " + row + " IGNORE"));
                same(what + ", " + each + ", after a change", truth, state(each.ask("read " + row + " NORMAL")));
            }
        }
    }

    private static String state(String read) {
        return read.substring(read.indexOf(' ') + 1);
    }

    private void same(String what, String expected, String found) {
        if (!found.equals(expected)) {
            findings.add(what + "\n  expected " + expected + "\n  found    " + found);
        }
    }
}
