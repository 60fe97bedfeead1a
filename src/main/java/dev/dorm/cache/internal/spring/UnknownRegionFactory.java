package dev.dorm.cache.internal.spring;

import org.hibernate.boot.registry.selector.spi.StrategySelectionException;
import org.hibernate.cache.spi.RegionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a name of a region factory that Hibernate does not know. */
final class UnknownRegionFactory extends AbstractFailureAnalyzer<StrategySelectionException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, StrategySelectionException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains(RegionFactory.class.getName())
                ? new FailureAnalysis(
                        "Setting " + ChosenCache.FACTORY + " names a region factory that is not there: " + message,
                        "Leave spring.jpa.properties." + ChosenCache.FACTORY
                                + " out, or set it to dorm, or add the library that it comes from.",
                        cause)
                : null;
    }
}
