package dev.dorm.cache.values;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process warned of in all: each cause once, with its place, and for the true reason. */
final class Reasons {

    private static final Pattern NO_ENCODING = Pattern.compile("is of type (\\S+), which has no encoding");

    /** What values have that are cached, but for some extreme ones. */
    private static final Set<String> ENCODED = Stream.concat(
                    new RandomValues(new Random(0)).types().stream(),
                    Stream.of(java.util.ArrayList.class, java.util.HashMap.class, java.util.LinkedList.class))
            .map(Class::getTypeName)
            .collect(Collectors.toSet());

    private final Jvm jvm;
    private final Way way;
    private final MadeEntity made;
    private final List<Finding> findings;

    Reasons(Jvm jvm, Way way, MadeEntity made, List<Finding> findings) {
        this.jvm = jvm;
        this.way = way;
        this.made = made;
        this.findings = findings;
    }

    void check() {
        repeated();
        jvm.heard().stream().filter(each -> !isPlaced(each)).forEach(each -> find("a warning without a place", each));
        jvm.heard().stream().filter(this::isUntrue).forEach(each -> find("a reason that is not true", each));
    }

    /** Whatever the JVM calls a class that was generated. */
    private void repeated() {
        Map<String, List<String>> causes = jvm.heard().stream()
                .collect(Collectors.groupingBy(each -> each.replaceAll("(Proxy|Lambda.*?/0x)[0-9a-f]+", "$1")));
        causes.values().stream()
                .filter(each -> each.size() > 1)
                .forEach(each -> find("a cause is warned of more than once", each.toString()));
    }

    private boolean isPlaced(String warning) {
        return warning.contains(made.entityName()) || warning.contains("a query") || warning.contains("Samples$");
    }

    /** A class that the application cannot map, or one of which nearly all values are cached. */
    private boolean isUntrue(String warning) {
        Matcher type = NO_ENCODING.matcher(warning);
        return type.find()
                        && (ENCODED.contains(type.group(1))
                                || type.group(1).startsWith("org.hibernate.")
                                || way.beans() && Way.ALLOWED.contains(type.group(1)))
                || warning.contains("Proxy");
    }

    /** What a failure says, down to its last cause. */
    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(each).append('\n');
        }
        return text.toString();
    }

    private void find(String what, String found) {
        findings.add(new Finding(what, List.of(), jvm + ", " + way + ", " + made.id(), "", "", found));
    }
}
