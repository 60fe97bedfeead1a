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
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hibernate.Session;
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
