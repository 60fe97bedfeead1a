package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A collection is ordered by what Hibernate changes itself, and does not name among the changed attributes of an update: a
 * version, a formula, a generated part of an embeddable.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class UnnamedChangesIT {

    private static final Class<?>[] ENTITIES = {Diary.class, Page.class};

    private final CachedFactory one;
    private final CachedFactory two;

    UnnamedChangesIT(CacheBackend backend) {
        one = CachedFactory.on(backend, ENTITIES)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        one.inTransaction(session -> {
            Diary diary = new Diary(1);
            session.persist(diary);
            session.persist(new Page(11, diary, "a"));
            session.persist(new Page(12, diary, "b"));
        });
        two = one.another(ENTITIES).cacheAll(AccessType.READ_WRITE).build();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    static Stream<Named<Function<Diary, List<Page>>>> orders() {
        return Stream.of(
                Named.of("a version", diary -> diary.byVersion),
                Named.of("a formula", diary -> diary.byFormula),
                Named.of("a generated part", diary -> diary.byTime));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isSeen(Function<Diary, List<Page>> order) {
        Function<Session, List<Long>> read = session -> order.apply(session.find(Diary.class, 1L)).stream()
                .map(page -> page.id)
                .toList();
        List<Long> before = two.fromTransaction(read);
        assertThat(two.<List<Long>>fromTransaction(read)).isEqualTo(before);
        assertThatCache(two).readsWithoutSql(session -> order.apply(session.find(Diary.class, 1L))
                .size());
        long last = before.get(1);
        one.inTransaction(session -> session.find(Page.class, last).text = "A");
        List<Long> after = List.of(last, before.get(0));
        assertThat(two.<List<Long>>fromTransaction(read)).isEqualTo(after);
        assertThat(two.<List<Long>>fromTransaction(read)).isEqualTo(after);
    }

    @Entity(name = "Diary")
    @Cacheable
    static class Diary {
        @Id
        long id;

        @OneToMany(mappedBy = "diary")
        @OrderBy("version desc, id")
        List<Page> byVersion = new ArrayList<>();

        @OneToMany(mappedBy = "diary")
        @OrderBy("letter")
        List<Page> byFormula = new ArrayList<>();

        @OneToMany(mappedBy = "diary")
        @OrderBy("audit.changed desc")
        List<Page> byTime = new ArrayList<>();

        Diary() {}

        Diary(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Page")
    @Cacheable
    static class Page {
        @Id
        long id;

        @Version
        int version;

        @ManyToOne
        Diary diary;

        String text;

        @Formula("ascii(text)")
        int letter;

        @Embedded
        Audit audit = new Audit();

        Page() {}

        Page(long id, Diary diary, String text) {
            this.id = id;
            this.diary = diary;
            this.text = text;
        }
    }

    @Embeddable
    static class Audit {
        @UpdateTimestamp
        Instant changed;
    }
}
