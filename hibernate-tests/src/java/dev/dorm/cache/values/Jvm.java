package dev.dorm.cache.values;

import dev.dorm.cache.testing.CachedFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;

/**
 * A process with a time zone and a locale of its own: the JVM's are switched while one of its session factories works, which
 * does so on one thread.
 *
 * @param zone its default time zone
 * @param locale its default locale
 * @param classes where it has its classes from
 * @param factory its session factory
 * @param warnings hears what is warned of
 * @param heard what was warned of while it worked
 */
record Jvm(
        String zone, String locale, ClassLoader classes, CachedFactory factory, Warnings warnings, List<String> heard) {

    /** Makes a session factory in such a process. */
    static Jvm of(
            String zone,
            String locale,
            ClassLoader classes,
            CachedFactory.Builder builder,
            String url,
            Warnings warnings) {
        // H2 takes the zone of a connection from its URL, and else from whoever came first.
        builder.set("hibernate.connection.url", url + ";TIME ZONE=" + zone);
        CachedFactory factory = in(zone, locale, classes, builder::build);
        return new Jvm(zone, locale, classes, factory, warnings, new ArrayList<>());
    }

    <T> T in(Callable<T> work) {
        int before = warnings.count();
        try {
            return in(zone, locale, classes, work);
        } finally {
            heard.addAll(warnings.since(before));
        }
    }

    private static <T> T in(String zone, String locale, ClassLoader classes, Callable<T> work) {
        ClassLoader classesBefore = Thread.currentThread().getContextClassLoader();
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale localeBefore = Locale.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Locale.setDefault(Locale.forLanguageTag(locale));
        Thread.currentThread().setContextClassLoader(classes);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            Thread.currentThread().setContextClassLoader(classesBefore);
            TimeZone.setDefault(zoneBefore);
            Locale.setDefault(localeBefore);
        }
    }

    @Override
    public String toString() {
        return zone;
    }
}
