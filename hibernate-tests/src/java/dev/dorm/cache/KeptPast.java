package dev.dorm.cache;

import dev.dorm.cache.testing.SourceEntity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.SessionBuilder;

/** The ways in which Hibernate keeps the past of an entity since 7.4, each with an entity of its own, compiled at run time. */
enum KeptPast {
    /** Read as of an instant. */
    INSTANTS("Temporal", "asOf", Instant.class),
    /** Read as of a number that the application counts. */
    CHANGESETS("Temporal", "atChangeset", Object.class),
    /** Read from an audit log, as of a number that the application counts. */
    AUDITED("Audited", "atChangeset", Object.class);

    private static final String ENTITY =
            """
            import jakarta.persistence.*;
            import java.util.*;
            import org.hibernate.annotations.NaturalId;
            import org.hibernate.annotations.NaturalIdCache;

            @Entity(name = "Entry")
            @ANNOTATION
            @Cacheable
            @NaturalIdCache
            public class NAME implements dev.dorm.cache.testing.SourceEntity.Entry {
                @Id long id;
                @NaturalId(mutable = true) String code;
                String name;
                @ElementCollection @ANNOTATION Set<String> tags = new HashSet<>();

                public NAME() {
                    this.id = 1;
                    this.code = "a";
                    this.name = "old";
                    this.tags.add("x");
                }

                @Override public String name() { return name; }
                @Override public void change(String to) { name = to; code = "b"; tags.add("y"); }
                @Override public Set<String> tags() { return tags; }

                SUPPLIER
            }
            """;

    private static final String SUPPLIER =
            """
            public static class Supplier implements org.hibernate.temporal.spi.ChangesetIdentifierSupplier<Long> {
                @Override public Long generateIdentifier(org.hibernate.SharedSessionContract session) {
                    return LAST.incrementAndGet();
                }
            }

            public static final java.util.concurrent.atomic.AtomicLong LAST = new java.util.concurrent.atomic.AtomicLong();
            """;

    private static final Map<KeptPast, Class<?>> COMPILED = new EnumMap<>(KeptPast.class);

    private final String annotation;
    private final String reads;
    private final Class<?> moment;

    KeptPast(String annotation, String reads, Class<?> moment) {
        this.annotation = annotation;
        this.reads = reads;
        this.moment = moment;
    }

    /** Whether the running Hibernate keeps the past at all. */
    static boolean isKnown() {
        return Stream.of(SessionBuilder.class.getMethods())
                .anyMatch(method -> method.getName().equals("asOf"));
    }

    /** Returns the entity's class, and lets this thread find it. */
    Class<?> entity() {
        Class<?> entity = COMPILED.computeIfAbsent(this, keeping -> {
            String name = "Entry" + ordinal();
            return SourceEntity.compile(
                    name,
                    ENTITY.replace("@ANNOTATION", "@org.hibernate.annotations." + annotation)
                            .replace("NAME", name)
                            .replace("SUPPLIER", this == INSTANTS ? "" : SUPPLIER));
        });
        Thread.currentThread().setContextClassLoader(entity.getClassLoader());
        return entity;
    }

    /** Returns Hibernate's setting for who counts, or none. */
    Map<String, Object> settings() {
        return this == INSTANTS
                ? Map.of()
                : Map.of("hibernate.temporal.changeset_id_supplier", entity().getDeclaredClasses()[0]);
    }

    /** Returns a moment between what was done before and what is done next, to a column's precision. */
    Object now() {
        return this == INSTANTS ? instant() : (Object) last().get();
    }

    private static Instant instant() {
        Instant now = Instant.now();
        while (Instant.now().isBefore(now.plusMillis(5))) {
            Thread.onSpinWait();
        }
        return now.plusMillis(2);
    }

    private AtomicLong last() {
        try {
            return (AtomicLong) entity().getField("LAST").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says to a builder what the compiler does not know that it understands. */
    <B> B at(Class<B> type, B builder, Object when) {
        try {
            type.getMethod(reads, moment).invoke(builder, when);
            return builder;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
