package dev.dorm.cache.differential;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.TenantId;

/** An attribute of an entity other than its id. */
record Attribute(Field field, Role role) {

    static Attribute of(Field field) {
        field.setAccessible(true);
        return new Attribute(field, role(field));
    }

    private static Role role(Field field) {
        if (field.isAnnotationPresent(ElementCollection.class)) {
            return Role.ELEMENTS;
        }
        OneToMany many = field.getAnnotation(OneToMany.class);
        if (many != null) {
            return many.mappedBy().isEmpty() ? Role.MANY : Role.MANY_INVERSE;
        }
        ManyToMany both = field.getAnnotation(ManyToMany.class);
        if (both != null) {
            return both.mappedBy().isEmpty() ? Role.MANY : Role.MANY_INVERSE;
        }
        OneToOne one = field.getAnnotation(OneToOne.class);
        if (one != null) {
            return one.mappedBy().isEmpty() ? Role.ONE : Role.ONE_INVERSE;
        }
        if (field.isAnnotationPresent(ManyToOne.class)) {
            return Role.ONE;
        }
        NaturalId natural = field.getAnnotation(NaturalId.class);
        if (natural != null) {
            return natural.mutable() ? Role.CODE : Role.STAMP;
        }
        boolean computed = field.isAnnotationPresent(Version.class)
                || field.isAnnotationPresent(TenantId.class)
                || field.isAnnotationPresent(Formula.class)
                || field.isAnnotationPresent(Generated.class)
                || field.isAnnotationPresent(GeneratedColumn.class);
        return computed ? Role.COMPUTED : Role.VALUE;
    }

    String name() {
        return field.getName();
    }

    /** Whether Hibernate's updates write it. */
    boolean updatable() {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.updatable();
    }

    /** The entity class that it refers to. */
    Class<?> target() {
        if (role == Role.ONE || role == Role.ONE_INVERSE) {
            return field.getType();
        }
        Type[] arguments = ((ParameterizedType) field.getGenericType()).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    /** Its own table, of a secondary table's column; else none. */
    String secondaryTable() {
        Column column = field.getAnnotation(Column.class);
        return column == null ? "" : column.table();
    }

    Object get(Object entity) {
        try {
            return field.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void set(Object entity, Object value) {
        try {
            field.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
