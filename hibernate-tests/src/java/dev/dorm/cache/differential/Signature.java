package dev.dorm.cache.differential;

import java.util.TreeSet;
import java.util.stream.Collectors;

/** What makes two findings look alike. */
final class Signature {

    private Signature() {}

    static String of(Program program, Finding finding) {
        return program.steps().stream()
                        .filter(step -> !(step instanceof Sessions.Begin) && !(step instanceof Sessions.Commit))
                        .map(step -> step.getClass().getSimpleName()
                                + (step instanceof Queries.Ask ask ? ask.shape() : "")
                                + (Programs.kind(step) == null ? "" : Programs.kind(step)))
                        .collect(Collectors.toCollection(TreeSet::new))
                + finding.what().replaceAll("\\d+", "n");
    }
}
