package dev.dorm.cache.internal.spring;

import java.util.List;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when a cache is demanded, and Hibernate finds several region factories of which none was chosen. */
final class SeveralRegionFactories extends AbstractFailureAnalyzer<CacheException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, CacheException cause) {
        List<String> others = ChosenCache.otherFactories();
        return String.valueOf(cause.getMessage()).contains("Caching was explicitly requested") && !others.isEmpty()
                ? new FailureAnalysis(
                        "The second-level cache is asked for, and several region factories are on the class path: dorm's, and "
                                + String.join(", ", others) + ". Hibernate takes none of them by itself.",
                        "Set spring.jpa.properties." + ChosenCache.FACTORY
                                + "=dorm, or the short name of the other one, or leave one of the libraries out.",
                        cause)
                : null;
    }
}
