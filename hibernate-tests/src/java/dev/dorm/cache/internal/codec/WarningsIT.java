package dev.dorm.cache.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.rowset.serial.SerialBlob;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Type;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.usertype.UserType;
import org.junit.jupiter.api.Test;

/** What is not cached is told of: once for each cause, with entity and attribute, and with the true reason. */
class WarningsIT {

    @Entity(name = "Doubtful")
    @Cacheable
    static class Doubtful {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Column(length = 20_000)
        Serializable anything;

        @Embedded
        Part part;

        @Type(ForgetfulType.class)
        Forgetful forgetful;

        @Type(PriceType.Stuck.class)
        Price stuck;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> texts = new ArrayList<>(List.of("text"));
    }

    /** Hibernate itself does not cache entities with LOBs. */
    @Entity(name = "Lobbed")
    static class Lobbed {
        @Id
        long id;

        Blob blob;

        Lobbed() {}

        Lobbed(long id) throws SQLException {
            this.id = id;
            this.blob = new SerialBlob(new byte[] {1});
        }
    }

    @Embeddable
    static class Part {
        @Column(length = 4_000)
        Serializable inside;
    }

    /** A value of a type that gives back only what it has itself just taken apart. */
    record Forgetful(String text) {}

    /** Assembles the very object to which it disassembled, and nothing that was stored. */
    public static class ForgetfulType implements UserType<Forgetful> {

        private static final Map<Object, Boolean> DISASSEMBLED = new IdentityHashMap<>();

        @Override
        public int getSqlType() {
            return java.sql.Types.VARCHAR;
        }

        @Override
        public Class<Forgetful> returnedClass() {
            return Forgetful.class;
        }

        @Override
        public boolean equals(Forgetful one, Forgetful other) {
            return java.util.Objects.equals(one, other);
        }

        @Override
        public int hashCode(Forgetful value) {
            return value.hashCode();
        }

        @Override
        public Forgetful nullSafeGet(
                java.sql.ResultSet row, int position, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            String text = row.getString(position);
            return text == null ? null : new Forgetful(text);
        }

        @Override
        public void nullSafeSet(
                java.sql.PreparedStatement statement,
                Forgetful value,
                int index,
                SharedSessionContractImplementor session)
                throws SQLException {
            statement.setString(index, value == null ? null : value.text());
        }

        @Override
        public Forgetful deepCopy(Forgetful value) {
            return value;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(Forgetful value) {
            String text = value == null ? null : new String(value.text());
            DISASSEMBLED.put(text, true);
            return text;
        }

        @Override
        public Forgetful assemble(Serializable cached, Object owner) {
            if (cached != null && !DISASSEMBLED.containsKey(cached)) {
                throw new IllegalStateException("not taken apart here");
            }
            return cached == null ? null : new Forgetful((String) cached);
        }
    }

    private interface Setter {
        void set(Doubtful entity) throws Exception;
    }

    private static CachedFactory factory() {
        return CachedFactory.on(CacheBackend.LOCMEM, Doubtful.class, Lobbed.class)
                .build();
    }

    private static Long persist(CachedFactory factory, Setter setter) {
        return factory.fromTransaction(session -> {
            Doubtful entity = new Doubtful();
            try {
                setter.set(entity);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            session.persist(entity);
            return entity.id;
        });
    }

    /** Persists and reads entities, and returns the warnings. */
    private static List<String> warnings(Setter... setters) {
        try (CachedFactory factory = factory()) {
            return logged(() -> {
                for (Setter setter : setters) {
                    Long id = persist(factory, setter);
                    for (int pass = 0; pass < 4; pass++) {
                        factory.inTransaction(session -> session.find(Doubtful.class, id));
                    }
                }
            });
        }
    }

    private static List<String> logged(Runnable work) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return Arrays.stream(log.toString(UTF_8).split("\n"))
                .filter(line -> line.contains("Not cached"))
                .toList();
    }

    private static void warnsOnce(List<String> warnings, String... parts) {
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains(Doubtful.class.getName() + ".").contains(parts);
    }

    @Test
    void aLobIsOneCauseWhateverClassStandsForIt() {
        try (CachedFactory factory = factory()) {
            factory.inTransaction(session -> {
                for (long id = 1; id < 4; id++) {
                    session.persist(lobbed(id));
                }
            });
            List<String> warnings = logged(() -> {
                for (long id = 1; id < 4; id++) {
                    long wanted = id;
                    factory.inTransaction(
                            session -> session.createQuery("select blob from Lobbed where id = " + wanted, Blob.class)
                                    .setCacheable(true)
                                    .getSingleResult());
                }
            });
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0)).contains("a query.result", "java.sql.Blob", "byte[]");
        }
    }

    private static Lobbed lobbed(long id) {
        try {
            return new Lobbed(id);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWouldComeBackAsAnotherIsRefusedWhenItIsWritten() {
        warnsOnce(
                warnings(e -> e.anything = new IdentityHashMap<>(Map.of("a", 1))),
                "Doubtful.anything",
                "IdentityHashMap");
        warnsOnce(warnings(e -> e.anything = new HashMap<>(16, 0.5f)), "Doubtful.anything", "HashMap", "come back");
        warnsOnce(warnings(e -> e.anything = sharing()), "Doubtful.anything", "ArrayList", "two places");
        warnsOnce(
                warnings(
                        e -> e.anything = new ArrayList<>(List.of(sharing(), doubled(new int[1]))),
                        e -> e.anything = new ArrayList<>(List.of(doubled(new int[1]), sharing()))),
                "Doubtful.anything",
                "ArrayList",
                "two places");
        warnsOnce(
                warnings(e -> e.part = part(new ArrayList<>(List.of(new IdentityHashMap<>())))),
                "Doubtful.part.inside",
                "IdentityHashMap");
    }

    @Test
    void whatItsTypeCannotAssembleIsRefusedWhenItIsWritten() {
        warnsOnce(warnings(e -> e.stuck = new Price(7, "EUR")), "Doubtful.stuck", "its type cannot assemble it again");
    }

    /** Hibernate takes an array of objects for a row of several values. */
    @Test
    void anArrayThatIsAQuerysOnlyColumnIsRefused() {
        try (CachedFactory factory = factory()) {
            persist(factory, e -> e.anything = new Object[] {"a", 1});
            for (String hql : List.of("select anything from Doubtful", "select anything, id from Doubtful")) {
                List<String> warnings = logged(() -> {
                    for (int pass = 0; pass < 3; pass++) {
                        Object row = factory.fromTransaction(session -> session.createQuery(hql, Object.class)
                                .setCacheable(true)
                                .getSingleResult());
                        Object value = hql.contains("id") ? ((Object[]) row)[0] : row;
                        assertThat(value).isEqualTo(new Object[] {"a", 1});
                    }
                });
                boolean served = factory.statistics().getQueryCacheHitCount() > 0;
                assertThat(served).isEqualTo(hql.contains("id"));
                assertThat(warnings).hasSize(served ? 0 : 1).allMatch(each -> each.contains("an array of objects"));
            }
        }
    }

    @Test
    void aNumberThatIsTooLongIsSaidToBe() {
        warnsOnce(
                warnings(e -> e.anything = BigInteger.TEN.pow(12_000)),
                "Doubtful.anything",
                "java.math.BigInteger",
                "more than 10000 digits");
    }

    @Test
    void anEntityThatHasNoIdYetIsNotWarnedOf() {
        try (CachedFactory factory = factory()) {
            List<String> warnings = logged(() -> {
                try (var session = factory.get().openSession()) {
                    Doubtful entity = new Doubtful();
                    session.persist(entity);
                    session.beginTransaction();
                    session.flush();
                    session.getTransaction().commit();
                    assertThat(entity.id).isNotNull();
                }
            });
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void whatWasPutAndCannotBeReadIsWarnedOfTheSecondTime() {
        try (CachedFactory factory = factory()) {
            Long id = persist(factory, e -> e.forgetful = new Forgetful("text"));
            List<String> warnings = logged(() -> {
                for (int pass = 0; pass < 3; pass++) {
                    factory.inTransaction(session -> session.find(Doubtful.class, id));
                }
            });
            assertThat(factory.count(Counter.PUT_REFUSED_UNREADABLE)).isPositive();
            warnsOnce(warnings, "Doubtful.forgetful", "cannot be read back", "not taken apart here");
            long puts = factory.count(Counter.PUT);
            assertThat(logged(() -> factory.inTransaction(session -> session.find(Doubtful.class, id))))
                    .isEmpty();
            assertThat(factory.count(Counter.PUT)).isEqualTo(puts);
        }
    }

    @Test
    void aQuerysResultThatCannotBeReadIsSaidToBeOne() {
        try (CachedFactory factory = factory()) {
            persist(factory, e -> e.forgetful = new Forgetful("text"));
            List<String> warnings = logged(() -> {
                for (int pass = 0; pass < 4; pass++) {
                    factory.inTransaction(session -> session.createQuery("select forgetful from Doubtful", Object.class)
                            .setCacheable(true)
                            .getSingleResult());
                }
            });
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0)).contains("a query.result", "Forgetful", "not taken apart here");
        }
    }

    private static Part part(Serializable inside) {
        Part part = new Part();
        part.inside = inside;
        return part;
    }

    private static Serializable sharing() {
        return doubled(new ArrayList<>(Set.of(1)));
    }

    private static Serializable doubled(Object shared) {
        return new ArrayList<>(List.of(shared, shared));
    }
}
