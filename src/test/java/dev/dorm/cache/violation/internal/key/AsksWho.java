package dev.dorm.cache.violation.internal.key;

import java.lang.reflect.Field;
import org.hibernate.Version;
import org.hibernate.internal.SessionFactoryImpl;

/** Works around Hibernate 7.0 where nobody looks for it: what the rules for {@code internal.hibernate} find. */
public final class AsksWho {

    private static final String CALLER = "org.hibernate.action.internal.BulkOperationCleanupAction";

    private AsksWho() {}

    static boolean isBulk() {
        return StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getClassName().equals(CALLER)))
                || new Throwable().getStackTrace()[0].getClassName().equals(CALLER);
    }

    static Field manager() throws NoSuchFieldException {
        return SessionFactoryImpl.class.getDeclaredField(
                "schemaManager" + Version.getVersionString().length());
    }
}
