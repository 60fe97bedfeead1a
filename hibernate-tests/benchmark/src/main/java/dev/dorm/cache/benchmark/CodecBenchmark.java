package dev.dorm.cache.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.signing.Signer;
import dev.dorm.cache.internal.signing.SigningKeys;
import dev.dorm.cache.internal.signing.Stamp;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an entity of twelve attributes costs to read (its signature verified, and decoded to what Hibernate gets) and to
 * write (encoded and sealed): at most four microseconds each. Beneath it the floors, over the same bytes: the JDK's
 * HMAC, and Jackson's parser and generator.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final String KEY = "dormrow:dormqs:shop.dev.dorm.cache.benchmark.Article:4711";
    private static final String SIGNING_KEY = "a signing key of the benchmark";
    private static final long VERSION = 1_764_198_000_123_456L;
    private static final long MICROS = 1_764_198_000_654_321L;

    /** How bodies are written. */
    @Param({"JSON", "SMILE"})
    public Format format;

    private SessionFactory factory;
    private SharedSessionContractImplementor session;
    private RowCodec codec;
    private Envelope envelope;
    private Object value;
    private byte[] entry;
    private byte[] body;
    private Mac mac;
    private JsonFactory jackson;
    private final List<Written> tokens = new ArrayList<>();

    /** What Jackson's generator is told, one after the other. */
    private record Written(JsonToken token, Object value) {}

    /** The entity. */
    @Entity(name = "Article")
    @Cacheable
    static class Article {
        @Id
        long id = 4711;

        String name = "An article that is sold in a shop";
        String description = "Described by a sentence, which is longer than the name, as such sentences mostly are";
        BigDecimal price = new BigDecimal("1299.95");
        int stock = 97;
        long number = 4_006_381_333_931L;
        double weight = 12.75;
        boolean active = true;
        LocalDate introduced = LocalDate.of(2024, 3, 17);
        Instant touched = Instant.parse("2025-11-26T13:14:15.123456Z");
        UUID code = new UUID(0x123456789ABC4DEFL, 0x8EDCBA9876543210L);
        Goods.Kind kind = Goods.Kind.FILM;

        @ManyToOne(fetch = FetchType.LAZY)
        Article replaces;

        @Embedded
        Size size = new Size();
    }

    /** A part of it. */
    @Embeddable
    static class Size {
        int width = 210;
        int height = 297;
    }

    /**
     * Makes the entity's entry.
     *
     * @throws Exception when something is not as expected
     */
    @Setup
    public void setUp() throws Exception {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "hibernate.connection.url", "jdbc:h2:mem:codec",
                "hibernate.hbm2ddl.auto", "create-drop",
                "hibernate.cache.region.factory_class", "dorm",
                "hibernate.cache.dorm.signing_key", SIGNING_KEY));
        factory = new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySettings(settings)
                        .build())
                .addAnnotatedClass(Article.class)
                .buildMetadata()
                .buildSessionFactory();
        Session opened = factory.openSession();
        session = (SharedSessionContractImplementor) opened;
        SessionFactoryImplementor implementor = (SessionFactoryImplementor) factory;
        EntityPersister persister = implementor.getMappingMetamodel().getEntityDescriptor(Article.class);
        codec = new Codecs(implementor, format, Set.of()).forEntity(persister);
        envelope = new Envelope(new Signer(SigningKeys.of(SIGNING_KEY)));
        Article article = new Article();
        article.replaces = article;
        opened.beginTransaction();
        opened.persist(article);
        opened.getTransaction().commit();
        value = persister.buildCacheEntry(article, persister.getValues(article), null, session);
        body = codec.encode(value);
        entry = envelope.seal(VERSION, Stamp.at(MICROS), KEY, body);
        setUpFloors();
    }

    private void setUpFloors() throws GeneralSecurityException, IOException {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNING_KEY.getBytes(), "HmacSHA256"));
        jackson = format == Format.JSON ? new JsonFactory() : new SmileFactory();
        try (JsonParser in = jackson.createParser(body)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                tokens.add(new Written(token, value(in, token)));
            }
        }
    }

    private static Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case FIELD_NAME -> new SerializedString(in.currentName());
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_EMBEDDED_OBJECT -> in.getBinaryValue();
            default -> token.isBoolean() ? in.getBooleanValue() : "";
        };
    }

    /** Closes what was opened. */
    @TearDown
    public void tearDown() {
        session.close();
        factory.close();
    }

    /**
     * Reads the entry.
     *
     * @return what Hibernate gets
     * @throws Exception never
     */
    @Benchmark
    public Object read() throws Exception {
        OpenResult opened = envelope.open(entry, VERSION, KEY);
        return codec.decode(opened.bytes(), opened.offset(), opened.length(), session);
    }

    /**
     * Writes the entry.
     *
     * @return its bytes
     * @throws Exception never
     */
    @Benchmark
    public byte[] write() throws Exception {
        return envelope.seal(VERSION, Stamp.at(MICROS), KEY, codec.encode(value));
    }

    /**
     * The floor of both: the signature.
     *
     * @return it
     */
    @Benchmark
    public byte[] floorHmac() {
        mac.update(entry, 74, entry.length - 74);
        return mac.doFinal();
    }

    /**
     * The floor of reading: the body's tokens and their plain values.
     *
     * @return something that was made of all of them
     * @throws IOException never
     */
    @Benchmark
    public int floorParse() throws IOException {
        int hash = 0;
        try (JsonParser in = jackson.createParser(body)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                hash += switch (token) {
                    case FIELD_NAME -> in.currentName().length();
                    case VALUE_STRING -> in.getText().length();
                    case VALUE_NUMBER_INT -> (int) in.getLongValue();
                    case VALUE_NUMBER_FLOAT -> (int) in.getDoubleValue();
                    case VALUE_EMBEDDED_OBJECT -> in.getBinaryValue().length;
                    default -> 1;
                };
            }
        }
        return hash;
    }

    /**
     * The floor of writing: the same body.
     *
     * @return its bytes
     * @throws IOException never
     */
    @Benchmark
    public byte[] floorGenerate() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = jackson.createGenerator(bytes)) {
            for (Written each : tokens) {
                switch (each.token) {
                    case START_OBJECT -> out.writeStartObject();
                    case END_OBJECT -> out.writeEndObject();
                    case START_ARRAY -> out.writeStartArray();
                    case END_ARRAY -> out.writeEndArray();
                    case FIELD_NAME -> out.writeFieldName((SerializableString) each.value);
                    case VALUE_STRING -> out.writeString((String) each.value);
                    case VALUE_NUMBER_INT -> out.writeNumber((Long) each.value);
                    case VALUE_NUMBER_FLOAT -> out.writeNumber((Double) each.value);
                    case VALUE_EMBEDDED_OBJECT -> out.writeBinary((byte[]) each.value);
                    case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean((Boolean) each.value);
                    default -> out.writeNull();
                }
            }
        }
        return bytes.toByteArray();
    }
}
