package dev.dorm.cache.values;

import dev.dorm.cache.testing.CachedFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;

/**
 * The main class of a JVM whose default time zone and locale are its own from its start. It is told on its standard
 * input, a line each, what to do with rows of generated entities, and answers with a line that begins with
 * {@link #ANSWER}.
 */
final class ValuesProcess {

    static final String ANSWER = "> ";

    /** What a value was refused with, by Hibernate or the database. */
    static final String REFUSED = "refused ";

    private final String location = System.getProperty("dorm.values.location");
    private MadeEntity made;
    private CachedFactory factory;
    private final Map<Integer, MadeRow> rows = new HashMap<>();

    /**
     * Answers until its standard input ends.
     *
     * @param arguments none
     * @throws IOException when it cannot be told anything
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        // What is logged or printed by anything else is no answer.
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ValuesProcess process = new ValuesProcess();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            try {
                answer = process.answer(line.split(" "));
            } catch (RuntimeException e) {
                answer = REFUSED + e;
            }
            out.println(ANSWER + escaped(answer));
            out.flush();
        }
        System.exit(0);
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder();
        for (char c : text.toCharArray()) {
            line.append(c > ' ' && c < 127 || c == ' ' ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return line.toString();
    }

    private String answer(String[] told) {
        return switch (told[0]) {
            case "entity" -> entity(Long.parseLong(told[1]), told[2], told[3]);
            case "persist" -> persist(row(told));
            case "evict" -> {
                factory.get().getCache().evictAllRegions();
                yield "";
            }
            case "read" -> read(row(told), CacheMode.valueOf(told[2]));
            case "rename" -> {
                CacheMode mode = CacheMode.valueOf(told[2]);
                yield in(session -> {
                    row(told).rename(session, mode, told[3]);
                    return "";
                });
            }
            case "columns" -> in(session -> new TreeMap<>(row(told).columns(session)).toString());
            default -> throw new IllegalArgumentException(told[0]);
        };
    }

    /** Makes the entity of a seed, which is the same in each process that is told the same. */
    private String entity(long seed, String url, String schema) {
        if (factory != null) {
            factory.close();
            factory = null;
        }
        rows.clear();
        List<Attribute> attributes = ValuesIT.attributes(seed);
        made = new MadeEntity(attributes, new MadeId(seed));
        Thread.currentThread().setContextClassLoader(made.type().getClassLoader());
        factory = CachedFactory.of(made.type(), Samples.Target.class, Samples.Numbered.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.connection.url", url)
                .set("hibernate.hbm2ddl.auto", schema)
                .set("hibernate.hbm2ddl.halt_on_error", "true")
                .set("hibernate.cache.dorm.location", location)
                .set("hibernate.cache.region_prefix", System.getProperty("dorm.values.prefix") + seed)
                .build();
        for (int i = 0; i < attributes.size(); i++) {
            rows.put(
                    i,
                    new MadeRow(made, i, List.of(attributes.get(i)), made.id().isGenerated() ? null : made.idOf(i)));
        }
        if (!schema.equals("none")) {
            factory.inTransaction(session -> made.prepare(session));
        }
        return TimeZone.getDefault().getID() + " " + made.attributes();
    }

    private MadeRow row(String[] told) {
        int number = Integer.parseInt(told[1]);
        if (rows.get(number).persisted() == null && !told[0].equals("persist")) {
            rows.put(number, in(rows.get(number)::identified));
        }
        return rows.get(number);
    }

    private String persist(MadeRow row) {
        Attribute attribute = row.attributes().iterator().next();
        Object entity = made.make(row.number(), Collections.singletonMap(attribute, made.valueOf(attribute)));
        // The form that both processes ask for: Hibernate finds a collection by its owner's key as it was given.
        if (row.persisted() != null) {
            MadeEntity.set(entity, "id", row.persisted());
        }
        return in(session -> {
            session.persist(entity);
            return "";
        });
    }

    private String read(MadeRow row, CacheMode mode) {
        factory.statements().clear();
        String picture = in(session -> row.picture(session, mode).toString());
        boolean hit = factory.statements().all().stream().noneMatch(sql -> sql.startsWith("select"));
        return (hit ? "hit " : "miss ") + picture;
    }

    private <T> T in(Function<Session, T> work) {
        return factory.fromTransaction(work);
    }
}
