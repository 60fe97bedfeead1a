package dev.dorm.cache.internal.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hibernate.Filter;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.internal.FilterImpl;
import org.jspecify.annotations.Nullable;

/**
 * What the resolvers of a session's enabled filters give for their parameters ({@code @ParamDef(resolver)}).
 *
 * <p>Hibernate: they are in the statement and not in {@code QueryKey}, which has the arguments alone ({@code
 * FilterImpl.getParameters}).
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code QueryKeysIT#filtersWhoseValueIsResolved} stays green without it.
 */
public final class FilterValues {

    private FilterValues() {}

    public static Object[] resolved(SharedSessionContractImplementor session) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Filter enabled :
                session.getLoadQueryInfluencers().getEnabledFilters().values()) {
            if (enabled instanceof FilterImpl filter) {
                for (String name : new TreeSet<>(filter.getFilterDefinition().getParameterNames())) {
                    Supplier<?> resolver = filter.getParameterResolver(name);
                    if (resolver != null && filter.getParameter(name) == null) {
                        values.add(filter.getName());
                        values.add(name);
                        values.add(resolver.get());
                    }
                }
            }
        }
        return values.toArray();
    }
}
