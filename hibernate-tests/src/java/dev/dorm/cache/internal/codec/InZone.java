package dev.dorm.cache.internal.codec;

import java.util.TimeZone;
import org.h2.util.DateTimeUtils;

/** While it is open, the JVM's default time zone is another one. */
final class InZone implements AutoCloseable {

    private final TimeZone before = TimeZone.getDefault();

    InZone(String id) {
        set(TimeZone.getTimeZone(id));
    }

    private static void set(TimeZone zone) {
        TimeZone.setDefault(zone);
        DateTimeUtils.resetCalendar();
    }

    @Override
    public void close() {
        set(before);
    }
}
