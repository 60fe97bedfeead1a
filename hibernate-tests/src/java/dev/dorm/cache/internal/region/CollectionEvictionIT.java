package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With {@code hibernate.cache.auto_evict_collection_cache} a cached collection follows the owning side of its relation,
 * as hibernate-core's {@code CollectionCacheEvictionTest} asks of a cache.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class CollectionEvictionIT {

    @Entity(name = "Company")
    @Cacheable
    static class Company {
        @Id
        long id;

        @OneToMany(mappedBy = "company")
        List<Employee> employees = new ArrayList<>();

        Company() {}

        Company(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Employee")
    @Cacheable
    static class Employee {
        @Id
        long id;

        @ManyToOne
        Company company;

        Employee() {}

        Employee(long id, Company company) {
            this.id = id;
            this.company = company;
        }
    }

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    CollectionEvictionIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void twoCompaniesOneEmployee() {
        one = build(CachedFactory.on(backend, Company.class, Employee.class));
        one.inTransaction(session -> {
            Company first = new Company(1);
            session.persist(first);
            session.persist(new Company(2));
            session.persist(new Employee(1, first));
        });
        two = build(one.another(Company.class, Employee.class));
        for (int pass = 0; pass < 2; pass++) {
            theyEmploy(1, 0);
        }
        assertThatCache(two).readsWithoutSql(session -> employees(session, 1));
    }

    private static CachedFactory build(CachedFactory.Builder builder) {
        return builder.cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.auto_evict_collection_cache", "true")
                .build();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static int employees(Session session, long company) {
        return session.find(Company.class, company).employees.size();
    }

    private void theyEmploy(int first, int second) {
        for (CachedFactory factory : List.of(two, one)) {
            for (int pass = 0; pass < 2; pass++) {
                List<Integer> seen =
                        factory.fromTransaction(session -> List.of(employees(session, 1), employees(session, 2)));
                assertThat(seen).containsExactly(first, second);
            }
        }
    }

    @Test
    void anInsertedMember() {
        one.inTransaction(session -> session.persist(new Employee(2, session.find(Company.class, 1L))));
        theyEmploy(2, 0);
    }

    @Test
    void aMemberOfACompanyThatIsNotLoaded() {
        one.inTransaction(session -> session.persist(new Employee(2, session.getReference(Company.class, 2L))));
        theyEmploy(1, 1);
    }

    @Test
    void aMemberThatMoves() {
        one.inTransaction(
                session -> session.find(Employee.class, 1L).company = session.getReference(Company.class, 2L));
        theyEmploy(0, 1);
    }

    @Test
    void aMemberThatLeaves() {
        one.inTransaction(session -> session.find(Employee.class, 1L).company = null);
        theyEmploy(0, 0);
    }

    @Test
    void aRemovedMember() {
        one.inTransaction(session -> session.remove(session.find(Employee.class, 1L)));
        theyEmploy(0, 0);
    }

    @Test
    void aMemberThatMovesAndIsRemovedBeforeThatIsWritten() {
        one.inTransaction(session -> {
            Employee employee = session.find(Employee.class, 1L);
            employee.company = session.getReference(Company.class, 2L);
            session.remove(employee);
        });
        theyEmploy(0, 0);
    }

    @Test
    void aMemberThatAStatelessSessionMoves() {
        assumeTrue(!Version.getVersionString().matches("(6|7\\.[01])\\..*"), "before 7.2 it tells the cache nothing");
        stateless(session -> session.update(new Employee(1, new Company(2))));
        theyEmploy(0, 1);
        stateless(session -> session.upsert(new Employee(1, new Company(1))));
        theyEmploy(1, 0);
        stateless(session -> session.insert(new Employee(2, new Company(1))));
        theyEmploy(2, 0);
        stateless(session -> session.delete(new Employee(1, null)));
        theyEmploy(1, 0);
    }

    private void stateless(Consumer<StatelessSession> work) {
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().commit();
        }
    }

    @Test
    void nothingOfARolledBackOne() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.persist(new Employee(2, session.find(Company.class, 1L)));
            session.flush();
            session.getTransaction().rollback();
        }
        theyEmploy(1, 0);
    }
}
