package dev.dorm.cache.internal.hibernate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.results.ResultSetMapping;
import org.hibernate.query.sql.internal.NativeQueryImpl;
import org.hibernate.query.sql.internal.ResultSetMappingProcessor;
import org.hibernate.query.sql.internal.SQLQueryParser;
import org.hibernate.sql.results.graph.DomainResult;
import org.hibernate.sql.results.graph.Fetch;
import org.hibernate.sql.results.graph.FetchParent;
import org.hibernate.sql.results.jdbc.spi.JdbcValuesMapping;
import org.hibernate.sql.results.jdbc.spi.JdbcValuesMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a native query's entities and of the collections it fetches.
 *
 * <p>Hibernate: {@code NativeQueryImpl.getSynchronizedQuerySpaces} has only what the query names ({@code
 * addSynchronizedEntityClass}), so that the result of one that names nothing would be true for ever.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code NativeQueriesIT#ofAnEntityByItsClass} stays green without it.
 */
public final class NativeTables {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private NativeTables() {}

    /** Returns the tables of what a native query's columns are turned into; none for values. */
    public static Set<String> of(
            NativeQuery<?> of, JdbcValuesMetadata columns, SharedSessionContractImplementor session) {
        NativeQueryImpl<?> query = (NativeQueryImpl<?>) of;
        Set<String> tables = new TreeSet<>();
        Class<?> asked = query.getResultType();
        MappingMetamodel entities = session.getFactory().getMappingMetamodel();
        if (asked != null && entities.isEntityClass(asked)) {
            // Hibernate 7 makes a mapping of it when the query is executed.
            add(entities.getEntityDescriptor(asked), tables);
        }
        ResultSetMapping declared = RunningQuery.mapping(query);
        if (declared != null) {
            try {
                resolve(declared, query.getQueryString(), columns, session)
                        .getDomainResults()
                        .forEach(result -> add(result, tables));
            } catch (RuntimeException e) {
                // Hibernate needs more than it has recorded of the columns: then what the query names has to do.
                LOG.debug("Not all tables of a native query are known: {}", query.getQueryString(), e);
            }
        }
        return tables;
    }

    /** As {@code NativeSelectQueryPlanImpl} does: an alias in braces stands for columns that Hibernate names. */
    private static JdbcValuesMapping resolve(
            ResultSetMapping declared,
            String sql,
            JdbcValuesMetadata columns,
            SharedSessionContractImplementor session) {
        SessionFactoryImplementor factory = session.getFactory();
        ResultSetMappingProcessor processor = new ResultSetMappingProcessor(declared, factory);
        SQLQueryParser parser = new SQLQueryParser(sql, processor.process(), factory);
        parser.process();
        return processor
                .generateResultMapping(parser.queryHasAliases())
                .resolve(columns, session.getLoadQueryInfluencers(), factory);
    }

    private static void add(DomainResult<?> result, Set<String> tables) {
        if (result instanceof FetchParent parent) {
            if (parent.getReferencedMappingType() instanceof EntityMappingType entity) {
                add(entity, tables);
            }
            addFetches(parent, tables);
        }
    }

    private static void addFetches(FetchParent parent, Collection<String> tables) {
        for (Fetch fetch : parent.getFetches()) {
            if (fetch.hasTableGroup()) {
                add(fetch.getFetchedMapping(), tables);
            }
            FetchParent deeper = fetch.asFetchParent();
            if (deeper != null) {
                addFetches(deeper, tables);
            }
        }
    }

    private static void add(ModelPart part, Collection<String> tables) {
        if (part instanceof PluralAttributeMapping collection) {
            add(collection.getCollectionDescriptor().getCollectionSpaces(), tables);
            add(collection.getElementDescriptor(), tables);
        } else if (part instanceof EntityValuedModelPart entity) {
            add(entity.getEntityMappingType(), tables);
        }
    }

    private static void add(EntityMappingType entity, Collection<String> tables) {
        add(entity.getEntityPersister().getQuerySpaces(), tables);
    }

    private static void add(Object[] spaces, Collection<String> tables) {
        Arrays.stream(spaces).map(Object::toString).forEach(tables::add);
    }
}
