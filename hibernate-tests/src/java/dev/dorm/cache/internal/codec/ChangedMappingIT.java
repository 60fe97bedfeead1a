package dev.dorm.cache.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.TestSecrets;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What another version of the application wrote is a miss as a whole, in both directions, and never half-read. */
class ChangedMappingIT {

    enum Colour {
        RED,
        GREEN
    }

    private static final String NAME = "<property name='name' type='string'/>";
    private static final String SIZE = "<property name='size' type='integer'/>";
    private static final String COLOUR = "<property name='colour' type='" + Colour.class.getName() + "'/>";
    private static final Map<String, Object> STATE = Map.of("name", "a name", "size", 7);

    /** A mapping of an entity that has no class, so that two can have one name. */
    private static String entity(String name, String properties) {
        return "<class entity-name='" + name + "' table='T_" + name
                + "'><cache usage='read-write'/><id name='id' type='long'/>" + "<discriminator type='string'/>"
                + properties + "</class>";
    }

    private static SessionFactoryImplementor factory(String mapping) {
        String xml = "<?xml version='1.0'?><hibernate-mapping xmlns='http://www.hibernate.org/xsd/orm/hbm'>" + mapping
                + "</hibernate-mapping>";
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID())
                .applySettings(new HashMap<>(CacheBackend.LOCMEM.settings()))
                .applySetting("hibernate.cache.region.factory_class", "dorm")
                .applySetting("hibernate.cache.dorm.signing_key", (Supplier<String>) () -> TestSecrets.SIGNING_KEY)
                .build();
        return new MetadataSources(registry)
                .addInputStream(new ByteArrayInputStream(xml.getBytes(UTF_8)))
                .buildMetadata()
                .buildSessionFactory()
                .unwrap(SessionFactoryImplementor.class);
    }

    private static EntityPersister persister(SessionFactoryImplementor factory, String name) {
        return factory.getMappingMetamodel().getEntityDescriptor(name);
    }

    private static RowCodec codec(SessionFactoryImplementor factory, Format format) {
        return new Codecs(factory, format, Set.of()).forEntity(persister(factory, "Thing"));
    }

    private static byte[] write(SessionFactoryImplementor factory, String name, Format format) throws Exception {
        try (var session = factory.openSession()) {
            EntityPersister persister = persister(factory, name);
            Map<String, Object> values = new HashMap<>(STATE);
            values.put("colour", Colour.GREEN);
            Object[] state = new Object[persister.getPropertyNames().length];
            for (int i = 0; i < state.length; i++) {
                Object value = values.get(persister.getPropertyNames()[i]);
                boolean retyped = value != null
                        && !persister.getPropertyTypes()[i].getReturnedClass().isInstance(value);
                state[i] = retyped ? Long.valueOf(value.toString()) : value;
            }
            return codec(factory, format)
                    .encode(persister.buildCacheEntry(
                            values, state, null, session.unwrap(SharedSessionContractImplementor.class)));
        }
    }

    private static Object read(SessionFactoryImplementor factory, Format format, byte[] bytes) throws Exception {
        try (var session = factory.openSession()) {
            return codec(factory, format)
                    .decode(bytes, 0, bytes.length, session.unwrap(SharedSessionContractImplementor.class));
        }
    }

    private static void refuses(Reason reason, SessionFactoryImplementor factory, Format format, byte[] bytes) {
        assertThatThrownBy(() -> read(factory, format, bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"added", "removed", "retyped", "renamed"})
    void anotherSetOfAttributes(String change) throws Exception {
        String changed =
                switch (change) {
                    case "added" -> NAME + SIZE + "<property name='extra' type='string'/>";
                    case "removed" -> NAME;
                    case "retyped" -> NAME + SIZE.replace("integer", "long");
                    default -> NAME + SIZE.replace("'size'", "'sized'");
                };
        try (SessionFactoryImplementor before = factory(entity("Thing", NAME + SIZE));
                SessionFactoryImplementor same = factory(entity("Thing", NAME + SIZE));
                SessionFactoryImplementor after = factory(entity("Thing", changed))) {
            for (Format format : Format.values()) {
                byte[] old = write(before, "Thing", format);
                assertThat(read(same, format, old)).isNotNull();
                refuses(Reason.OTHER_MAPPING, after, format, old);
                refuses(Reason.OTHER_MAPPING, before, format, write(after, "Thing", format));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aSubclassThatIsGone(Format format) throws Exception {
        String sub = "<subclass entity-name='Special' extends='Thing' discriminator-value='s'/>";
        String root = entity("Thing", NAME + SIZE).replace("<class ", "<class discriminator-value='t' ");
        try (SessionFactoryImplementor before = factory(root + sub);
                SessionFactoryImplementor after = factory(root + sub.replace("Special", "Renamed"))) {
            byte[] old = write(before, "Special", format);
            assertThat(read(before, format, old)).isNotNull();
            refuses(Reason.UNKNOWN_NAME, after, format, old);
        }
    }

    @Test
    void anEnumConstantThatIsNotKnown() throws Exception {
        try (SessionFactoryImplementor factory = factory(entity("Thing", NAME + COLOUR))) {
            String row = new String(write(factory, "Thing", Format.JSON), UTF_8);
            assertThat(row).contains("\"GREEN\"");
            assertThat(read(factory, Format.JSON, row.getBytes(UTF_8))).isNotNull();
            refuses(
                    Reason.UNKNOWN_NAME,
                    factory,
                    Format.JSON,
                    row.replace("GREEN", "BLUE").getBytes(UTF_8));
        }
    }

    @Test
    void anotherFormat() throws Exception {
        try (SessionFactoryImplementor factory = factory(entity("Thing", NAME + SIZE))) {
            refuses(Reason.MALFORMED, factory, Format.SMILE, write(factory, "Thing", Format.JSON));
            refuses(Reason.MALFORMED, factory, Format.JSON, write(factory, "Thing", Format.SMILE));
        }
    }
}
