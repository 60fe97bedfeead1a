package dev.dorm.cache.jta;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.WholeSession;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** JTA transactions, of one session and of two, that commit, roll back and time out: everybody sees what they left. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class JtaIT {

    private static final TransactionManager JTA = com.arjuna.ats.jta.TransactionManager.transactionManager();

    private final CacheBackend backend;
    private CachedFactory jta;
    private CachedFactory other;

    JtaIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeAll
    static void keepNoRecordsOnDisk() {
        for (String name : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, name)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
        BeanPopulator.getDefaultInstance(CoordinatorEnvironmentBean.class).setDefaultTimeout(60);
    }

    @BeforeEach
    void build() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        other = CachedFactory.on(backend, Item.class)
                .set("hibernate.connection.url", url)
                .build();
        other.inTransaction(session -> {
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Item(2, "b", "old"));
        });
        jta = other.another(Item.class)
                .set("hibernate.connection.provider_class", new XaConnections(url))
                .set("hibernate.transaction.coordinator_class", "jta")
                .set(
                        "hibernate.transaction.jta.platform",
                        "org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform")
                .build();
        assertThat(name(1)).isEqualTo("old");
        assertThat(name(2)).isEqualTo("old");
    }

    @AfterEach
    void close() throws Exception {
        if (JTA.getStatus() != Status.STATUS_NO_TRANSACTION) {
            JTA.rollback();
        }
        jta.close();
        other.close();
    }

    private String name(long id) {
        return other.fromTransaction(session -> session.find(Item.class, id).name());
    }

    private void assertNothingIsLocked() {
        jta.awaitSettled();
        Backend store = other.cache().backend();
        for (long id = 1; id <= 2; id++) {
            byte[] row = store.get("dormrow:" + other.cache().cacheNamespace(Item.class) + ":" + id);
            assertThat(row == null ? "" : new String(row, StandardCharsets.ISO_8859_1))
                    .doesNotStartWith(RowFormat.LOCK);
        }
    }

    @Test
    void aCommitIsSeenByEverybodyAtOnce() throws Exception {
        JTA.begin();
        try (Session session = jta.get().openSession()) {
            session.find(Item.class, 1L).rename("new");
            JTA.commit();
        }
        assertThat(name(1)).isEqualTo("new");
        assertNothingIsLocked();
    }

    @Test
    void twoSessionsOfOneTransactionCommitTogether() throws Exception {
        JTA.begin();
        try (Session one = jta.get().openSession();
                Session two = jta.get().openSession()) {
            one.find(Item.class, 1L).rename("new");
            two.find(Item.class, 2L).rename("new");
            two.find(Item.class, 2L).tags().add("y");
            JTA.commit();
        }
        assertThat(name(1)).isEqualTo("new");
        assertThat(name(2)).isEqualTo("new");
        assertNothingIsLocked();
    }

    @Test
    void theSecondSessionOfATransactionIsAsOldAsTheFirst() throws Exception {
        JTA.begin();
        try (Session one = jta.get().openSession()) {
            one.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            one.createNativeQuery("select count(*) from Item", Long.class).getSingleResult();
            Transaction old = JTA.suspend();
            other.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
            other.get().getCache().evict(Item.class, 1L);
            JTA.begin();
            try (Session learning = jta.get().openSession()) {
                WholeSession.uses(learning, CacheMode.GET);
                assertThat(learning.find(Item.class, 1L).name()).isEqualTo("new");
                JTA.commit();
            }
            JTA.resume(old);
            try (Session two = jta.get().openSession()) {
                assertThat(two.find(Item.class, 1L).name()).isEqualTo("old");
                JTA.commit();
            }
        }
        assertThat(name(1)).isEqualTo("new");
    }

    @Test
    void whatASessionChangesTheOtherOfItsTransactionIsNotServed() throws Exception {
        for (int pass = 0; pass < 2; pass++) {
            JTA.begin();
            try (Session one = jta.get().openSession();
                    Session two = jta.get().openSession();
                    Session three = jta.get().openSession()) {
                assertThat(names(two)).containsExactly("old", "old");
                one.find(Item.class, 1L).rename("new");
                one.flush();
                assertThat(names(two)).as("its own result").containsExactly("new", "old");
                assertThat(names(three)).as("a cached result").containsExactly("new", "old");
                assertThat(three.find(Item.class, 1L).name()).isEqualTo("new");
                JTA.rollback();
            }
            other.inTransaction(JtaIT::names);
        }
    }

    private static List<String> names(Session session) {
        return session.createQuery("select name from Item order by id", String.class)
                .setCacheable(true)
                .list();
    }

    @Test
    void whatASessionOnAnothersConnectionWritesIsSeenAfterTheCommit() throws Exception {
        JTA.begin();
        try (Session parent = jta.get().openSession();
                Session child = parent.sessionWithOptions().connection().openSession()) {
            child.find(Item.class, 1L).rename("new");
            child.flush();
            assertThat(name(1)).as("nothing is committed").isEqualTo("old");
            JTA.commit();
        }
        assertThat(name(1)).isEqualTo("new");
        assertNothingIsLocked();
    }

    @Test
    void aStatelessSessionCompletesWithItsTransaction() throws Exception {
        JTA.begin();
        try (StatelessSession session = jta.get().openStatelessSession()) {
            change(session, "update Item set name = 'new' where id = 1");
            JTA.commit();
        }
        assertThat(name(1)).isEqualTo("new");
        assertNothingIsLocked();
        other.clear();
        assertThat(name(1)).isEqualTo("new");
        assertThat(name(1)).isEqualTo("new");
        other.statements().clear();
        assertThat(name(1)).isEqualTo("new");
        assertThat(other.statements().all()).as("the row is cached again").isEmpty();
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static void change(StatelessSession session, String hql) {
        session.createQuery(hql).executeUpdate();
    }

    @Test
    void aRollbackLeavesNothing() throws Exception {
        JTA.begin();
        try (Session session = jta.get().openSession()) {
            session.find(Item.class, 1L).rename("never");
            session.flush();
            session.clear();
            assertThat(session.find(Item.class, 1L).name()).isEqualTo("never");
            JTA.rollback();
        }
        assertThat(name(1)).isEqualTo("old");
        assertNothingIsLocked();
    }

    @Test
    void aTransactionThatTimesOutIsRolledBackByTheReaperAndLeavesNothing() throws Exception {
        JTA.setTransactionTimeout(1);
        JTA.begin();
        JTA.setTransactionTimeout(0);
        try (Session session = jta.get().openSession()) {
            session.find(Item.class, 1L).rename("never");
            session.flush();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> JTA.getStatus() != Status.STATUS_ACTIVE);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> JTA.getStatus() == Status.STATUS_ROLLEDBACK
                            || JTA.getStatus() == Status.STATUS_NO_TRANSACTION);
        }
        if (JTA.getStatus() != Status.STATUS_NO_TRANSACTION) {
            JTA.rollback();
        }
        assertThat(name(1)).isEqualTo("old");
        assertNothingIsLocked();
        JTA.begin();
        try (Session session = jta.get().openSession()) {
            session.find(Item.class, 1L).rename("new");
            JTA.commit();
        }
        assertThat(name(1)).isEqualTo("new");
    }
}
