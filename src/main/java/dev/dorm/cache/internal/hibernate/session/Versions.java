package dev.dorm.cache.internal.hibernate.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Version;

/** The version of Hibernate that runs. */
final class Versions {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

    private Versions() {}

    /** Returns whether it is older than a release; one that cannot be read is not. */
    static boolean areBefore(int major, int minor) {
        Matcher running = VERSION.matcher(Version.getVersionString());
        if (!running.matches()) {
            return false;
        }
        int order = Integer.compare(Integer.parseInt(running.group(1)), major);
        return order < 0 || order == 0 && Integer.parseInt(running.group(2)) < minor;
    }
}
