package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.region.ProvenStates.Child;
import dev.dorm.cache.internal.region.ProvenStates.Coded;
import dev.dorm.cache.internal.region.ProvenStates.Defaulted;
import dev.dorm.cache.internal.region.ProvenStates.Dynamic;
import dev.dorm.cache.internal.region.ProvenStates.Excluding;
import dev.dorm.cache.internal.region.ProvenStates.Fixed;
import dev.dorm.cache.internal.region.ProvenStates.Generated;
import dev.dorm.cache.internal.region.ProvenStates.Holder;
import dev.dorm.cache.internal.region.ProvenStates.Kept;
import dev.dorm.cache.internal.region.ProvenStates.Noted;
import dev.dorm.cache.internal.region.ProvenStates.Plain;
import dev.dorm.cache.internal.region.ProvenStates.Reckoned;
import dev.dorm.cache.internal.region.ProvenStates.Second;
import dev.dorm.cache.internal.region.ProvenStates.Shown;
import dev.dorm.cache.internal.region.ProvenStates.Soft;
import dev.dorm.cache.internal.region.ProvenStates.State;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.WholeSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A writer leaves a row's state in the cache only if that is what the database holds: whatever another has written in the
 * meantime into what the writer's statement leaves out.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class ProvenStatesIT {

    private final CacheBackend backend;
    private CachedFactory factory;

    ProvenStatesIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start() {
        factory = CachedFactory.on(backend, ProvenStates.ALL)
                .cacheAll(AccessType.READ_WRITE)
                .build();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private void given(Object... entities) {
        factory.inTransaction(session -> List.of(entities).forEach(session::persist));
        for (Object entity : entities) {
            warm(entity.getClass());
        }
    }

    private void warm(Class<?> type) {
        for (int pass = 0; pass < 3; pass++) {
            shown(type);
        }
        assertThat(factory.get().getCache().contains(type, 1L)).as("cached").isTrue();
    }

    private String shown(Class<?> type) {
        return factory.fromTransaction(session -> String.valueOf(session.find(type, 1L)));
    }

    /** A query reads its rows from the database, whatever a session's cache mode means to {@code find}. */
    private String inDatabase(Class<?> type) {
        return factory.fromTransaction(session -> {
            session.setCacheMode(CacheMode.IGNORE);
            List<?> rows = session.createQuery("from " + type.getName() + " where id = 1", type)
                    .list();
            return rows.isEmpty() ? "null" : rows.get(0).toString();
        });
    }

    /** A transaction reads the row, another one comes between, and the first one goes on. */
    private <T> void meanwhile(Class<T> type, Consumer<Session> other, Consumer<T> change) {
        factory.inTransaction(session -> {
            T read = session.find(type, 1L);
            assertThat(read).isNotNull();
            factory.inTransaction(other::accept);
            change.accept(read);
        });
        showsTheDatabase(type);
    }

    private void showsTheDatabase(Class<?> type) {
        String database = inDatabase(type);
        for (int pass = 0; pass < 3; pass++) {
            assertThat(shown(type)).isEqualTo(database);
        }
    }

    private <T> void staysCached(Class<T> type, Consumer<T> change) {
        factory.inTransaction(session -> change.accept(session.find(type, 1L)));
        String cached = assertThatCache(factory).readsWithoutSql(session -> String.valueOf(session.find(type, 1L)));
        assertThat(cached).isEqualTo(inDatabase(type));
    }

    private static Consumer<Session> sql(String statement, Class<?> type) {
        return session -> session.createNativeQuery(statement)
                .unwrap(NativeQuery.class)
                .addSynchronizedEntityClass(type)
                .executeUpdate();
    }

    private static Consumer<Session> hql(String statement) {
        return session -> session.createMutationQuery(statement).executeUpdate();
    }

    private static <T extends State> Consumer<Session> notes(Class<T> type, String note) {
        return session -> session.find(type, 1L).note = note;
    }

    @Test
    void aDynamicUpdateAndABulkUpdateOfAnotherColumn() {
        given(new Dynamic());
        meanwhile(Dynamic.class, hql("update Dynamic set note = 'theirs'"), read -> read.name = "mine");
    }

    @Test
    void aDynamicUpdateAndAnUpdateThatRaisesNoVersion() {
        given(new Excluding());
        meanwhile(Excluding.class, notes(Excluding.class, "theirs"), read -> read.name = "mine");
    }

    @Test
    void aDynamicUpdateOfWhatWasLoadedFromTheDatabase() {
        given(new Excluding());
        factory.inTransaction(session -> {
            WholeSession.uses(session, CacheMode.PUT);
            Excluding read = session.find(Excluding.class, 1L);
            factory.inTransaction(notes(Excluding.class, "theirs"));
            warm(Excluding.class);
            read.name = "mine";
        });
        showsTheDatabase(Excluding.class);
    }

    @Test
    void aDynamicUpdateOfAnEntryThatWasReplacedByAnother() {
        given(new Excluding());
        meanwhile(
                Excluding.class,
                session -> {
                    session.find(Excluding.class, 1L).note = "theirs";
                },
                read -> {
                    warm(Excluding.class);
                    read.name = "mine";
                });
    }

    @Test
    void aDynamicUpdateOfWhatWasReattached() {
        given(new Excluding());
        Excluding detached = factory.fromTransaction(session -> session.find(Excluding.class, 1L));
        factory.inTransaction(notes(Excluding.class, "theirs"));
        warm(Excluding.class);
        factory.inTransaction(session -> session.merge(detached).name = "mine");
        showsTheDatabase(Excluding.class);
    }

    @Test
    void aDynamicUpdateStaysCachedWhenNobodyElseHasWritten() {
        given(new Excluding());
        staysCached(Excluding.class, read -> read.name = "mine");
        staysCached(Excluding.class, read -> read.note = "mine, too");
    }

    @Test
    void severalDynamicUpdatesOfOneTransactionStayCached() {
        given(new Excluding());
        factory.inTransaction(session -> {
            Excluding read = session.find(Excluding.class, 1L);
            read.name = "first";
            session.flush();
            read.name = "second";
        });
        String cached =
                assertThatCache(factory).readsWithoutSql(session -> String.valueOf(session.find(Excluding.class, 1L)));
        assertThat(cached).isEqualTo(inDatabase(Excluding.class)).contains("second");
    }

    @Test
    void anUpdateOfOneOfSeveralJoinedTables() {
        given(new Child());
        meanwhile(Child.class, session -> session.find(Child.class, 1L).own = "theirs", read -> read.name = "mine");
        staysCached(Child.class, read -> read.name = "mine alone");
    }

    @Test
    void anUpdateOfOneOfSeveralTables() {
        given(new Second());
        meanwhile(Second.class, session -> session.find(Second.class, 1L).own = "theirs", read -> read.name = "mine");
        staysCached(Second.class, read -> read.name = "mine alone");
    }

    @Test
    void anUpdateThatLeavesOutAColumn() {
        given(new Fixed());
        meanwhile(Fixed.class, sql("update Fixed set note = 'theirs'", Fixed.class), read -> read.name = "mine");
        staysCached(Fixed.class, read -> read.name = "mine alone");
    }

    @Test
    void anInsertThatLeavesOutAColumn() {
        factory.inTransaction(session -> session.persist(new Defaulted()));
        showsTheDatabase(Defaulted.class);
        assertThat(shown(Defaulted.class)).contains("by default");
    }

    /** What the database makes of a column, only a load from the database shows, when the transaction is over. */
    private <T extends ProvenStates.State> void isNeverCachedByItsWriter(Class<T> type, T made) {
        factory.inTransaction(session -> session.persist(made));
        assertThat(factory.get().getCache().contains(type, 1L)).isFalse();
        warm(type);
        factory.inTransaction(session -> session.find(type, 1L).name = "mine");
        assertThat(factory.get().getCache().contains(type, 1L)).isFalse();
        showsTheDatabase(type);
        assertThat(shown(type)).endsWith("mine!");
    }

    @Test
    void whatTheDatabaseGeneratesOnAnUpdate() {
        isNeverCachedByItsWriter(Generated.class, new Generated());
    }

    @Test
    void whatAFormulaMakes() {
        isNeverCachedByItsWriter(Reckoned.class, new Reckoned());
    }

    @Test
    void aReplacedCollectionAndAnUpdate() {
        given(new Noted());
        meanwhile(Noted.class, notes(Noted.class, "theirs"), read -> read.tags = new HashSet<>(Set.of("mine")));
    }

    @Test
    void aReplacedCollectionAloneStaysCached() {
        given(new Noted());
        staysCached(Noted.class, read -> read.tags = new HashSet<>(Set.of("mine")));
    }

    @Test
    void aChangedCollectionOfARowThatWasInsertedAgain() {
        given(new Kept());
        meanwhile(
                Kept.class,
                session -> {
                    session.remove(session.find(Kept.class, 1L));
                    session.flush();
                    Kept again = new Kept();
                    again.name = "theirs";
                    session.persist(again);
                },
                read -> read.tags.add("mine"));
    }

    @Test
    void aChangedCollectionOfAVersionedRowStaysCached() {
        given(new Kept());
        staysCached(Kept.class, read -> read.tags.add("mine"));
    }

    @Test
    void anUpdateOfARowThatWasSoftlyDeleted() {
        given(new Soft());
        meanwhile(Soft.class, session -> session.remove(session.find(Soft.class, 1L)), read -> read.name = "mine");
        assertThat(shown(Soft.class)).isEqualTo("null");
    }

    @Test
    void anUpdateOfARowThatCanBeSoftlyDeletedStaysCached() {
        given(new Soft());
        staysCached(Soft.class, read -> read.name = "mine");
    }

    @Test
    void anUpdateThatTakesTheRowOutOfItsRestriction() {
        given(new Shown());
        factory.inTransaction(session -> session.find(Shown.class, 1L).hidden = true);
        showsTheDatabase(Shown.class);
        assertThat(shown(Shown.class)).isEqualTo("null");
    }

    @Test
    void anUpdateOfARowThatWasInsertedAgainUnderAnotherNaturalId() {
        given(new Coded("a"));
        meanwhile(
                Coded.class,
                session -> {
                    session.remove(session.find(Coded.class, 1L));
                    session.flush();
                    session.persist(new Coded("b"));
                },
                read -> read.name = "mine");
    }

    @Test
    void anUpdateOfAnAssociationWhoseColumnIsAnAttributeToo() {
        given(new Plain(), new Holder());
        staysTrue(Holder.class, session -> session.find(Holder.class, 1L).plain = session.find(Plain.class, 1L));
    }

    private void staysTrue(Class<?> type, Consumer<Session> change) {
        factory.inTransaction(change::accept);
        showsTheDatabase(type);
    }

    @Test
    void anOrdinaryUpdateStaysCachedWhateverWasThere() {
        given(new Plain());
        factory.inTransaction(session -> {
            WholeSession.uses(session, CacheMode.PUT);
            Plain read = session.find(Plain.class, 1L);
            read.name = "mine";
        });
        assertThatCache(factory).readsWithoutSql(session -> session.find(Plain.class, 1L));
    }

    @Test
    void anOrdinaryInsertIsCached() {
        factory.inTransaction(session -> session.persist(new Plain()));
        Plain cached = assertThatCache(factory).readsWithoutSql(session -> session.find(Plain.class, 1L));
        assertThat(cached.name).isEqualTo("old");
    }
}
