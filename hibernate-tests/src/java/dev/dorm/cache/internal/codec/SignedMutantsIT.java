package dev.dorm.cache.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.codec.Everything.Allowed;
import dev.dorm.cache.internal.codec.Everything.Holder;
import dev.dorm.cache.internal.codec.Everything.Part;
import dev.dorm.cache.internal.codec.Everything.SpecialPart;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.LoadedClasses;
import dev.dorm.cache.testing.Mutants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bodies that bear a good signature and are not what anybody wrote: of somebody who has the key, or of a release with a
 * defect. Each is undecodable, or a value from which Hibernate makes what the mapping says. No other exception comes out,
 * and no class is loaded. {@code -Ddorm.mutants=1000000} tries more of them, {@code -Ddorm.mutants.seed=7} others.
 */
class SignedMutantsIT {

    private CachedFactory factory;

    /** A body, and how it is read. */
    private record Specimen(String kind, byte[] body, Reader reader) {}

    /** Decodes a body, and assembles what comes out. */
    private interface Reader {
        void read(byte[] body, SharedSessionContractImplementor session) throws UndecodableException;
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void areUndecodableOrOfTheRightTypes(Format format) throws Exception {
        List<Specimen> specimens = specimens(format);
        Map<String, long[]> verdicts = new TreeMap<>();
        int count = Mutants.count() / 2;
        LoadedClasses.beforehand();
        factory.inTransaction(session -> {
            var reader = (SharedSessionContractImplementor) session;
            specimens.forEach(each -> attempt(each, each.body, reader, new TreeMap<>(), "as it was"));
            run(format, Mutants.seed() - 1, count / 4, specimens, reader, new TreeMap<>());
        });
        long start = System.nanoTime();
        Set<String> loaded;
        try (LoadedClasses classes = LoadedClasses.fromNowOn()) {
            factory.inTransaction(session -> run(
                    format, Mutants.seed(), count, specimens, (SharedSessionContractImplementor) session, verdicts));
            loaded = classes.names();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        StringBuilder table = new StringBuilder();
        verdicts.forEach((kind, counts) -> table.append(String.format("%n  %-60s", kind))
                .append(String.format("%9d undecodable, %8d of the right types", counts[0], counts[1])));
        Mutants.print(
                "signed, " + format, count, millis, "0 accepted, 0 exceptions, classes loaded: " + loaded + table);
        assertThat(loaded).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void noNameOfAClassLoadsIt(Format format) throws Exception {
        List<Specimen> specimens = specimens(format);
        LoadedClasses.beforehand();
        Mutator mutator = new Mutator(1, format == Format.SMILE, Gadgets.NAMES);
        factory.inTransaction(session -> specimens.forEach(each ->
                attempt(each, each.body, (SharedSessionContractImplementor) session, new TreeMap<>(), "as it was")));
        Map<String, long[]> verdicts = new TreeMap<>();
        Set<String> loaded;
        try (LoadedClasses classes = LoadedClasses.fromNowOn()) {
            factory.inTransaction(session -> specimens.forEach(each -> mutator.everywhere(
                    each.body,
                    body -> attempt(
                            each, body, (SharedSessionContractImplementor) session, verdicts, "a class's name"))));
            loaded = classes.names();
        }
        assertThat(loaded).isEmpty();
        assertThat(verdicts.values().stream().mapToLong(counts -> counts[0]).sum())
                .isGreaterThan(1_000);
    }

    private static void run(
            Format format,
            long seed,
            int count,
            List<Specimen> specimens,
            SharedSessionContractImplementor session,
            Map<String, long[]> verdicts) {
        List<String> names = new ArrayList<>(Gadgets.NAMES);
        names.addAll(List.of(
                Holder.class.getName(), Part.class.getName(), Allowed.class.getName(), "java.lang.String", "a", "f"));
        Mutator mutator = new Mutator(seed, format == Format.SMILE, names);
        for (int i = 0; i < count; i++) {
            Specimen specimen = specimens.get(mutator.below(specimens.size()));
            byte[] other = specimens.get(mutator.below(specimens.size())).body;
            byte[] body =
                    mutator.below(3) == 0 ? mutator.bytes(specimen.body, other) : mutator.values(specimen.body, other);
            attempt(specimen, body, session, verdicts, "seed " + seed + ", mutant " + i);
        }
    }

    private static void attempt(
            Specimen specimen,
            byte[] body,
            SharedSessionContractImplementor session,
            Map<String, long[]> verdicts,
            String which) {
        long[] counts = verdicts.computeIfAbsent(specimen.kind, kind -> new long[2]);
        try {
            specimen.reader.read(body, session);
            counts[1]++;
        } catch (UndecodableException expected) {
            counts[0]++;
        } catch (Throwable e) {
            throw new AssertionError(which + " of " + specimen.kind + ": " + new String(body, UTF_8), e);
        }
    }

    private List<Specimen> specimens(Format format) throws Exception {
        factory = CachedFactory.of(Holder.class, Part.class, SpecialPart.class)
                .set("hibernate.cache.region.factory_class", CodecRegionFactory.class.getName())
                .set("hibernate.type.wrapper_array_handling", "allow")
                .set(CodecRegionFactory.FORMAT, format.name())
                .build();
        CodecRegionFactory cache = (CodecRegionFactory) factory.get().getCache().getRegionFactory();
        factory.inTransaction(session -> {
            try {
                RoundTripIT.fill(session);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        factory.get().getCache().evictAll();
        factory.inTransaction(SignedMutantsIT::readAll);
        assertThat(cache.problems).isEmpty();
        MappingMetamodel metamodel = factory.get().getMappingMetamodel();
        Codecs codecs = cache.codecs();
        List<Specimen> specimens = new ArrayList<>();
        new LinkedHashMap<>(cache.rows).forEach((key, body) -> {
            String name = key.substring(0, key.indexOf(':'));
            specimens.add(new Specimen(name, body, reader(name, metamodel, codecs)));
        });
        cache.results
                .values()
                .forEach(body -> specimens.add(new Specimen("a query", body, (bytes, session) -> {
                    QueryCodec queries = codecs.queries();
                    new Assembled(session).result(queries.rows(queries.decode(bytes, 0, bytes.length)));
                })));
        assertThat(specimens).hasSizeGreaterThan(12);
        return specimens;
    }

    private static void readAll(Session session) {
        session.createQuery("from Holder", Holder.class).list().forEach(holder -> {
            holder.parts.forEach(Hibernate::initialize);
            List.of(holder.colorSet, holder.sorted, holder.addresses).forEach(Hibernate::initialize);
            Hibernate.initialize(holder.prices);
        });
        session.byNaturalId(Part.class)
                .using("code", "C%|1")
                .using("edition", 7)
                .load();
        for (String query : List.of(
                "from Part p order by p.label",
                "select p.label from Part p order by p.label",
                "select count(p) from Part p",
                "select p.label, h.color, h.money, h.decimal, h.date from Part p left join p.holder h")) {
            session.createQuery(query, Object.class).setCacheable(true).list();
        }
        session.createNativeQuery("select label, edition, code from Part order by label", Object[].class)
                .addSynchronizedQuerySpace("Part")
                .setCacheable(true)
                .list();
    }

    private static Reader reader(String name, MappingMetamodel metamodel, Codecs codecs) {
        if (name.endsWith("##NaturalId")) {
            EntityPersister entity = metamodel.getEntityDescriptor(name.substring(0, name.indexOf('#')));
            RowCodec codec = codecs.forNaturalId(entity);
            return (body, session) ->
                    new Assembled(session).naturalId(entity, codec.decode(body, 0, body.length, session));
        }
        CollectionPersister collection = metamodel.findCollectionDescriptor(name);
        if (collection != null) {
            RowCodec codec = codecs.forCollection(collection);
            return (body, session) ->
                    new Assembled(session).collection(collection, codec.decode(body, 0, body.length, session));
        }
        RowCodec codec = codecs.forEntity(metamodel.getEntityDescriptor(name));
        return (body, session) -> new Assembled(session).entity(codec.decode(body, 0, body.length, session));
    }
}
