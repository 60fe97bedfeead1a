package dev.dorm.cache.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two forms of an id that are one to the database are one to the cache, or are not cached. */
class IdFormsIT {

    private static final long SEED = Long.getLong("dorm.values.seed", System.nanoTime());
    private static final int PAIRS = 12;

    @MappedSuperclass
    abstract static class Named {
        String name = "first";
    }

    @Entity(name = "ByOffset")
    static class ByOffset extends Named {
        @Id
        OffsetDateTime id;
    }

    @Entity(name = "ByCalendar")
    static class ByCalendar extends Named {
        @Id
        Calendar id;
    }

    @Entity(name = "ByReal")
    static class ByReal extends Named {
        @Id
        Double id;
    }

    @Entity(name = "ByDecimal")
    static class ByDecimal extends Named {
        @Id
        @Column(precision = 20, scale = 4)
        BigDecimal id;
    }

    @Entity(name = "ByDay")
    static class ByDay extends Named {
        @Id
        @Temporal(TemporalType.DATE)
        Date id;
    }

    @Entity(name = "ByLocale")
    static class ByLocale extends Named {
        @Id
        Locale id;
    }

    @Entity(name = "ByChar")
    static class ByChar extends Named {
        @Id
        @Column(columnDefinition = "char(5)")
        String id;
    }

    @Entity(name = "ByCharCode")
    static class ByCharCode extends Named {
        @Id
        @JdbcTypeCode(SqlTypes.CHAR)
        @Column(length = 6)
        String id;
    }

    @Entity(name = "ByFolded")
    static class ByFolded extends Named {
        @Id
        @Column(columnDefinition = "varchar_ignorecase(20)")
        String id;
    }

    /** An id of parts of all these kinds. */
    static class Parts implements Serializable {
        OffsetDateTime moment;
        Calendar calendar;
        double number;
        BigDecimal exact;
        Date day;
        Locale locale;
        String code;

        @Override
        public boolean equals(Object other) {
            return other instanceof Parts that && that.list().equals(list());
        }

        @Override
        public int hashCode() {
            return list().hashCode();
        }

        List<Object> list() {
            return List.of(moment, calendar, number, exact, day, locale, code);
        }

        @Override
        public String toString() {
            return list().toString();
        }
    }

    @Entity(name = "ByParts")
    @IdClass(Parts.class)
    static class ByParts extends Named {
        @Id
        OffsetDateTime moment;

        @Id
        Calendar calendar;

        @Id
        double number;

        @Id
        @Column(precision = 20, scale = 4)
        BigDecimal exact;

        @Id
        @Column(name = "on_day")
        @Temporal(TemporalType.DATE)
        Date day;

        @Id
        Locale locale;

        @Id
        @Column(columnDefinition = "char(5)")
        String code;
    }

    /** One kind of id. */
    record Kind<I>(
            Class<? extends Named> entity,
            Function<IdForms, I> value,
            java.util.function.BiFunction<IdForms, I, I> other,
            BiConsumer<Named, I> set) {
        @Override
        public String toString() {
            return entity.getSimpleName();
        }
    }

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>(ByOffset.class, IdForms::offset, IdForms::other, (e, id) -> ((ByOffset) e).id = id),
                new Kind<Calendar>(
                        ByCalendar.class, IdForms::calendar, IdForms::other, (e, id) -> ((ByCalendar) e).id = id),
                new Kind<Double>(ByReal.class, IdForms::real, IdForms::other, (e, id) -> ((ByReal) e).id = id),
                new Kind<BigDecimal>(
                        ByDecimal.class, IdForms::decimal, IdForms::other, (e, id) -> ((ByDecimal) e).id = id),
                new Kind<Date>(ByDay.class, IdForms::day, IdForms::other, (e, id) -> ((ByDay) e).id = id),
                new Kind<Locale>(ByLocale.class, IdForms::locale, IdForms::other, (e, id) -> ((ByLocale) e).id = id),
                new Kind<String>(
                        ByChar.class,
                        forms -> forms.padded(5),
                        (forms, id) -> forms.otherPadded(id, 5),
                        (e, id) -> ((ByChar) e).id = id),
                new Kind<String>(
                        ByCharCode.class,
                        forms -> forms.padded(6),
                        (forms, id) -> forms.otherPadded(id, 6),
                        (e, id) -> ((ByCharCode) e).id = id),
                new Kind<String>(
                        ByFolded.class,
                        forms -> forms.text(),
                        (forms, id) -> forms.otherCase(id),
                        (e, id) -> ((ByFolded) e).id = id),
                new Kind<Parts>(ByParts.class, IdFormsIT::parts, IdFormsIT::other, (e, id) -> set((ByParts) e, id)));
    }

    private static Parts parts(IdForms forms) {
        Parts parts = new Parts();
        parts.moment = forms.offset();
        parts.calendar = forms.calendar();
        parts.number = forms.real();
        parts.exact = forms.decimal();
        parts.day = forms.day();
        parts.locale = forms.locale();
        parts.code = forms.padded(5);
        return parts;
    }

    private static Parts other(IdForms forms, Parts id) {
        Parts parts = new Parts();
        parts.moment = forms.other(id.moment);
        parts.calendar = forms.other(id.calendar);
        parts.number = forms.other(id.number);
        parts.exact = forms.other(id.exact);
        parts.day = forms.other(id.day);
        parts.locale = forms.other(id.locale);
        parts.code = forms.otherPadded(id.code, 5);
        return parts;
    }

    private static void set(ByParts entity, Parts id) {
        entity.moment = id.moment;
        entity.calendar = id.calendar;
        entity.number = id.number;
        entity.exact = id.exact;
        entity.day = id.day;
        entity.locale = id.locale;
        entity.code = id.code;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <I> void areOneRow(Kind<I> kind) throws Exception {
        IdForms forms = new IdForms(new Random(SEED));
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, kind.entity())
                .cacheAll(AccessType.READ_WRITE)
                .build()) {
            int found = 0;
            for (int i = 0; i < PAIRS; i++) {
                I one = kind.value().apply(forms);
                I other = kind.other().apply(forms, one);
                found += areOneRow(kind, factory, one, other) ? 1 : 0;
            }
            assertThat(found).as("pairs that are one to the database").isPositive();
        }
    }

    /** Whether the database finds a row by both. */
    private static <I> boolean areOneRow(Kind<I> kind, CachedFactory factory, I one, I other) throws Exception {
        String pair = "seed " + SEED + ", " + kind + ": " + shown(one) + " and " + shown(other);
        var constructor = kind.entity().getDeclaredConstructor();
        constructor.setAccessible(true);
        Named entity = constructor.newInstance();
        kind.set().accept(entity, one);
        factory.inTransaction(
                session -> session.createMutationQuery("delete from " + kind).executeUpdate());
        // What is inserted is cached by the form it was given, what is loaded at times by that of the row.
        factory.get().getCache().evictAllRegions();
        factory.inTransaction(session -> session.persist(entity));
        UnaryOperator<String> rename = before -> before + "+";
        for (I first : List.of(one, other)) {
            I second = first == one ? other : one;
            String truth = name(factory, kind.entity(), first, CacheMode.IGNORE);
            for (int pass = 0; pass < 2; pass++) {
                assertThat(name(factory, kind.entity(), first, CacheMode.NORMAL))
                        .as(pair)
                        .isEqualTo(truth);
                assertThat(name(factory, kind.entity(), second, CacheMode.NORMAL))
                        .as(pair)
                        .isEqualTo(name(factory, kind.entity(), second, CacheMode.IGNORE));
            }
            if (truth == null || name(factory, kind.entity(), second, CacheMode.IGNORE) == null) {
                return false;
            }
            assertThat(factory.get().getCache().contains(kind.entity(), first))
                    .as("both forms are cached, or none: " + pair)
                    .isEqualTo(factory.get().getCache().contains(kind.entity(), second));
            factory.inTransaction(session -> {
                Named found = session.find(kind.entity(), first);
                found.name = rename.apply(found.name);
            });
            for (I each : List.of(second, first)) {
                assertThat(name(factory, kind.entity(), each, CacheMode.NORMAL))
                        .as("after a change through the first of " + pair)
                        .isEqualTo(name(factory, kind.entity(), each, CacheMode.IGNORE));
            }
        }
        factory.inTransaction(session -> session.remove(session.find(kind.entity(), other)));
        assertThat(name(factory, kind.entity(), one, CacheMode.NORMAL))
                .as("removed: " + pair)
                .isNull();
        return true;
    }

    private static String shown(Object id) {
        return id instanceof Locale locale ? locale.toLanguageTag() + "|" + locale : "'" + id + "'";
    }

    private static <E extends Named> String name(CachedFactory factory, Class<E> type, Object id, CacheMode mode) {
        return factory.fromTransaction(session -> {
            // Unlike find, which has a cache mode of its own.
            E found = session.byId(type).with(mode).load(id);
            return found == null ? null : found.name;
        });
    }
}
