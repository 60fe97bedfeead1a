package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which entities belong together: by reference, by inheritance, or by a table that they share. */
final class Families {

    private static final Map<Kind, List<Kind>> OF = new HashMap<>();

    static {
        for (Kind kind : Kind.all()) {
            Set<Kind> family = new LinkedHashSet<>(Set.of(kind));
            for (int size = 0; size != family.size(); ) {
                size = family.size();
                for (Kind other : Kind.all()) {
                    if (List.copyOf(family).stream().anyMatch(member -> related(member, other))) {
                        family.add(other);
                    }
                }
            }
            List<Kind> sorted = new ArrayList<>(Kind.all());
            sorted.retainAll(family);
            OF.put(kind, sorted);
        }
    }

    private Families() {}

    static List<Kind> of(Kind kind) {
        return OF.get(kind);
    }

    private static boolean related(Kind one, Kind other) {
        Attribute name = one.attribute("name");
        return one.root() == other.root()
                || one.table(name).equals(other.table(other.attribute("name")))
                || refers(one, other)
                || refers(other, one);
    }

    private static boolean refers(Kind one, Kind other) {
        return one.attributes(Role.ONE, Role.ONE_INVERSE, Role.MANY, Role.MANY_INVERSE).stream()
                .anyMatch(a -> a.target() == other.type());
    }
}
