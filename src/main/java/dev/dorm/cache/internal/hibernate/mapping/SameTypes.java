package dev.dorm.cache.internal.hibernate.mapping;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.hibernate.type.BasicType;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Whether two types of one class write and read its values alike.
 *
 * <p>Hibernate: {@code BasicTypeRegistry} and {@code BasicValue.resolve} make types of one class anew for each attribute,
 * with no equality, and so does {@code CustomType} with the application's {@code UserType}.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code OwnTypesIT#aQueryIsCachedWhereOneTypeIsThereForTheClass} stays green without it.
 */
public final class SameTypes {

    private SameTypes() {}

    public static boolean same(BasicType<?> one, BasicType<?> other) {
        if (one == other) {
            return true;
        }
        if (one instanceof CustomType<?> custom && other instanceof CustomType<?> otherCustom) {
            return alike(custom.getUserType(), otherCustom.getUserType());
        }
        return one.getClass() == other.getClass()
                && same(one.getJavaTypeDescriptor(), other.getJavaTypeDescriptor())
                && one.getJdbcType().getDefaultSqlTypeCode()
                        == other.getJdbcType().getDefaultSqlTypeCode()
                && one.getValueConverter() == other.getValueConverter();
    }

    private static boolean same(JavaType<?> one, JavaType<?> other) {
        return one == other
                || (one.getClass() == other.getClass()
                        && one.getClass().getName().startsWith("org.hibernate.")
                        && one.getJavaType().equals(other.getJavaType()));
    }

    /** A user's type can have parameters, or read annotations, and keeps what they say in its fields. */
    private static boolean alike(Object one, Object other) {
        if (one == other || one.equals(other)) {
            return true;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        for (@Nullable Class<?> type = one.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !sameIn(field, one, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sameIn(Field field, Object one, Object other) {
        try {
            field.setAccessible(true);
            return Objects.deepEquals(field.get(one), field.get(other));
        } catch (IllegalAccessException | RuntimeException e) {
            // Nothing that can be looked into.
            return false;
        }
    }
}
