package dev.dorm.cache.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cache.spi.access.AccessType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two forms of a natural id that refers to another entity are one to the cache if they are one in its own column. */
class NaturalIdReferencesIT {

    private static final List<String> FORMS = List.of("ab", "ab   ");

    @Entity(name = "Land")
    static class Land {
        @Id
        @Column(columnDefinition = "char(5)")
        String id;

        @Column(unique = true, columnDefinition = "char(5)")
        String code;

        Land() {}

        Land(String id) {
            this.id = id;
            this.code = id;
        }
    }

    @MappedSuperclass
    abstract static class Town {
        @Id
        long id;

        @NaturalId(mutable = true)
        String name = "first";

        abstract void setLand(Land land);
    }

    @Entity(name = "ByItsId")
    @NaturalIdCache
    static class ByItsId extends Town {
        @NaturalId(mutable = true)
        @ManyToOne(fetch = FetchType.LAZY)
        Land land;

        @Override
        void setLand(Land land) {
            this.land = land;
        }
    }

    @Entity(name = "ByItsCode")
    @NaturalIdCache
    static class ByItsCode extends Town {
        @NaturalId(mutable = true)
        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(referencedColumnName = "code")
        Land land;

        @Override
        void setLand(Land land) {
            this.land = land;
        }
    }

    @Test
    void toAnId() {
        resolveAlike(ByItsId::new);
    }

    @Test
    void toAnotherAttribute() {
        resolveAlike(ByItsCode::new);
    }

    private static void resolveAlike(Supplier<? extends Town> made) {
        try (CachedFactory factory = CachedFactory.on(
                        CacheBackend.LOCMEM, Land.class, made.get().getClass())
                .cacheAll(AccessType.READ_WRITE)
                .build()) {
            factory.inTransaction(session -> session.persist(new Land("ab")));
            persist(factory, made, 1);
            everyFormIs(factory, made, 1L);
            everyFormIs(factory, made, 1L);
            factory.statements().clear();
            everyFormIs(factory, made, 1L);
            assertThat(factory.statements().all()).as("each form is resolved").noneMatch(sql -> sql.contains("name=?"));
            factory.inTransaction(session -> load(session, made, "ab").name = "old");
            everyFormIs(factory, made, null);
            persist(factory, made, 2);
            everyFormIs(factory, made, 2L);
        }
    }

    private static void persist(CachedFactory factory, Supplier<? extends Town> made, long id) {
        Town town = made.get();
        town.id = id;
        town.setLand(new Land("ab"));
        factory.inTransaction(session -> session.persist(town));
    }

    private static void everyFormIs(CachedFactory factory, Supplier<? extends Town> made, @Nullable Long id) {
        for (String form : FORMS) {
            Long found = factory.fromTransaction(session -> {
                Town town = load(session, made, form);
                return town == null ? null : town.id;
            });
            assertThat(found).as("\"%s\"", form).isEqualTo(id);
        }
    }

    private static @Nullable Town load(Session session, Supplier<? extends Town> made, String form) {
        return session.byNaturalId(made.get().getClass())
                .using("name", "first")
                .using("land", new Land(form))
                .load();
    }
}
