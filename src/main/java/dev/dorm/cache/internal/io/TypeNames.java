package dev.dorm.cache.internal.io;

import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What types are called in messages. A class that was generated has a name that says nothing, and another each time. */
final class TypeNames {

    private TypeNames() {}

    static String of(Class<?> type) {
        for (Class<?> lob : new Class<?>[] {NClob.class, Clob.class, Blob.class}) {
            if (lob.isAssignableFrom(type)) {
                return lob.getName();
            }
        }
        if (Proxy.isProxyClass(type)) {
            return Arrays.stream(type.getInterfaces()).map(Class::getName).collect(Collectors.joining(" and "));
        }
        if (type.isHidden()) {
            String name = type.getName();
            return name.substring(0, name.indexOf('/'));
        }
        return type.getTypeName();
    }
}
