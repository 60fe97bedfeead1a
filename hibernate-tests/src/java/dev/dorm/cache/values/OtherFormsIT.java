package dev.dorm.cache.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.TenantId;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two forms of a natural id, or of a tenant, that are one to the database are one to the cache. */
class OtherFormsIT {

    private static final long SEED = Long.getLong("dorm.values.seed", System.nanoTime());
    private static final int PAIRS = 12;

    @MappedSuperclass
    abstract static class Named {
        String name = "first";
    }

    @Entity(name = "NaturalForms")
    @NaturalIdCache
    static class NaturalForms extends Named {
        @Id
        long id;

        @NaturalId(mutable = true)
        OffsetDateTime moment;

        @NaturalId(mutable = true)
        double number;

        @NaturalId(mutable = true)
        @Column(columnDefinition = "char(5)")
        String code;

        @NaturalId(mutable = true)
        @Column(name = "on_day")
        @Temporal(TemporalType.DATE)
        Date day;
    }

    /** A natural id that goes over to another row, by one of its forms, is not found in the old one by another. */
    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void ofNaturalIdsResolveAlike(CacheBackend on) {
        IdForms forms = new IdForms(new Random(SEED));
        try (CachedFactory factory = CachedFactory.on(on, NaturalForms.class)
                .cacheAll(AccessType.READ_WRITE)
                .build()) {
            for (long i = 0; i < 2 * PAIRS; i += 2) {
                long id = i;
                NaturalForms one = new NaturalForms();
                one.id = id;
                one.moment = forms.offset();
                one.number = forms.real();
                one.code = forms.padded(5);
                one.day = forms.day();
                NaturalForms other = new NaturalForms();
                other.moment = forms.other(one.moment);
                other.number = forms.other(one.number);
                other.code = forms.otherPadded(one.code, 5);
                other.day = forms.other(one.day);
                factory.inTransaction(session -> session.persist(one));
                for (NaturalForms form : List.of(one, other, one)) {
                    assertThat(resolved(factory, form)).as("seed " + SEED).isEqualTo(id);
                }
                factory.inTransaction(session -> {
                    NaturalForms old = load(session, other);
                    old.code = "old";
                    old.moment = old.moment.plusYears(200);
                });
                factory.inTransaction(session -> {
                    NaturalForms now = new NaturalForms();
                    now.id = id + 1;
                    now.moment = other.moment;
                    now.number = other.number;
                    now.code = other.code;
                    now.day = other.day;
                    session.persist(now);
                });
                for (NaturalForms form : List.of(one, other)) {
                    assertThat(resolved(factory, form)).as("seed " + SEED).isEqualTo(id + 1);
                }
            }
        }
    }

    private static NaturalForms load(Session session, NaturalForms form) {
        return session.byNaturalId(NaturalForms.class)
                .using("moment", form.moment)
                .using("number", form.number)
                .using("code", form.code)
                .using("day", form.day)
                .load();
    }

    private static Long resolved(CachedFactory factory, NaturalForms form) {
        return factory.fromTransaction(session -> {
            NaturalForms found = load(session, form);
            return found == null ? null : found.id;
        });
    }

    @Entity(name = "Rented")
    static class Rented extends Named {
        @Id
        long id;

        @TenantId
        @Column(precision = 20, scale = 4)
        BigDecimal tenant;
    }

    @Entity(name = "Coded")
    static class Coded extends Named {
        @Id
        long id;

        @TenantId
        @Column(columnDefinition = "char(5)")
        String tenant;
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void ofTenantsAreOneTenant(CacheBackend on) {
        tenants(on, Rented.class, () -> new Rented(), new BigDecimal("1.50"), new BigDecimal("1.5"));
        tenants(on, Coded.class, () -> new Coded(), "ab", "ab   ");
    }

    private static <E extends Named> void tenants(
            CacheBackend on, Class<E> type, Supplier<E> made, Object one, Object other) {
        try (CachedFactory factory =
                CachedFactory.on(on, type).cacheAll(AccessType.READ_WRITE).build()) {
            as(factory, one, session -> {
                session.persist(made.get());
                return null;
            });
            for (Object tenant : List.of(one, other, one, other)) {
                as(factory, tenant, session -> session.find(type, 0L).name);
            }
            as(factory, one, session -> session.find(type, 0L).name = "renamed");
            for (Object tenant : List.of(one, other)) {
                String name = as(factory, tenant, session -> session.find(type, 0L).name);
                assertThat(name).as(Objects.toString(tenant)).isEqualTo("renamed");
            }
        }
    }

    private static <T> T as(CachedFactory factory, Object tenant, Function<Session, T> work) {
        SessionFactory sessions = factory.get();
        try (Session session = sessions.withOptions().tenantIdentifier(tenant).openSession()) {
            session.beginTransaction();
            T result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }
}
