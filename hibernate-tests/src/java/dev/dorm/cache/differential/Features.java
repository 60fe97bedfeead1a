package dev.dorm.cache.differential;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which features, entities, setups and kinds of steps programs are about: all, or those that are left. */
final class Features {

    /** All that there is. */
    static final Features ALL = of("", "");

    private final Set<String> without;
    private final Set<String> only;
    private final EnumSet<Feature> features = EnumSet.allOf(Feature.class);

    private Features(Set<String> without, Set<String> only) {
        this.without = without;
        this.only = only;
        features.removeIf(feature -> without.contains(feature.name()));
        features.removeIf(feature -> feature == Feature.PAST_CHILD_SESSION && !Annals.areKnown());
    }

    static Features of(String without, String only) {
        return new Features(names(without), names(only));
    }

    /** What {@code -Ddorm.differential.without} and {@code -Ddorm.differential.only} say. */
    static Features ofThisRun() {
        return of(
                System.getProperty("dorm.differential.without", ""), System.getProperty("dorm.differential.only", ""));
    }

    private static Set<String> names(String list) {
        return new HashSet<>(Arrays.asList(list.split("[, ]+")));
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    boolean has(Mode mode) {
        return mode.comparable() && !without.contains(mode.name());
    }

    List<Kind> kinds() {
        List<Kind> named =
                Kind.all().stream().filter(kind -> only.contains(kind.name())).toList();
        return (named.isEmpty() ? Kind.all() : named)
                .stream().filter(kind -> !without.contains(kind.name())).toList();
    }

    List<Setup> setups() {
        List<Setup> all = List.of(Setup.values());
        List<Setup> named =
                all.stream().filter(setup -> only.contains(setup.name())).toList();
        return (named.isEmpty() ? all : named)
                .stream().filter(setup -> !without.contains(setup.name())).toList();
    }

    boolean allow(Step step) {
        if (without.contains(step.getClass().getSimpleName())) {
            return false;
        }
        if (step instanceof Queries.Ask ask) {
            return switch (ask.shape()) {
                case NATIVE_ROWS -> has(Feature.NATIVE_ROWS);
                case FETCH -> has(Feature.FETCH);
                case FETCH_PAGE -> has(Feature.FETCH_PAGE);
                case NUMBER, LONG, COUNT -> has(Feature.SAME_SQL) || ask.shape() == Shape.COUNT;
                default -> true;
            };
        }
        return has(Feature.FORCE_INCREMENT) || !Programs.raisesVersions(step);
    }
}
