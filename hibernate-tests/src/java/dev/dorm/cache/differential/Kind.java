package dev.dorm.cache.differential;

import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.annotations.TenantId;

/** An entity class, as programs see it. */
final class Kind {

    /** The rows that a program finds; one more id is free. */
    static final int SEEDED = 2;

    private static final Map<Class<?>, Kind> BY_CLASS = new LinkedHashMap<>();

    private static final Map<String, Kind> BY_NAME = new LinkedHashMap<>();

    static {
        for (Class<?> holder :
                List.of(Simple.class, Hierarchies.class, Relations.class, Filters.class, Annals.entities())) {
            Stream.of(holder.getDeclaredClasses())
                    .filter(Kind::isEntity)
                    .map(Kind::new)
                    .forEach(kind -> {
                        BY_CLASS.put(kind.type, kind);
                        BY_NAME.put(kind.name(), kind);
                    });
        }
    }

    private final Class<?> type;
    private final List<Attribute> attributes = new ArrayList<>();
    private final Field id;

    private Kind(Class<?> type) {
        this.type = type;
        Field found = null;
        List<Class<?>> line = new ArrayList<>();
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            line.add(0, at);
        }
        for (Class<?> at : line) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals("id")) {
                    found = field;
                } else if (!field.isSynthetic()) {
                    attributes.add(Attribute.of(field));
                }
            }
        }
        this.id = found;
        id.setAccessible(true);
    }

    static boolean isEntity(Class<?> type) {
        return type.isAnnotationPresent(Entity.class);
    }

    static Kind of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    static Kind named(String name) {
        Kind kind = BY_NAME.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("no entity " + name);
        }
        return kind;
    }

    static List<Kind> all() {
        return List.copyOf(BY_CLASS.values());
    }

    String name() {
        return type.getAnnotation(Entity.class).name();
    }

    Class<?> type() {
        return type;
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<Attribute> attributes(Role... roles) {
        List<Role> wanted = List.of(roles);
        return attributes.stream().filter(a -> wanted.contains(a.role())).toList();
    }

    Attribute attribute(String name) {
        return attributes.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no " + name));
    }

    /** The natural id, or null. */
    Attribute naturalId() {
        return attributes(Role.CODE, Role.STAMP).stream().findFirst().orElse(null);
    }

    boolean versioned() {
        return attributes.stream().anyMatch(a -> a.field().isAnnotationPresent(Version.class));
    }

    boolean ofTenants() {
        return attributes.stream().anyMatch(a -> a.field().isAnnotationPresent(TenantId.class));
    }

    /** The class that its hierarchy begins with. */
    Kind root() {
        Kind above = BY_CLASS.get(type.getSuperclass());
        return above == null ? this : above.root();
    }

    /** The ids of a subclass's rows are not those of its root's. */
    long rowId(int number) {
        return this == root() ? number : 10L + number;
    }

    long id(Object entity) {
        try {
            return (long) id.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new entity, its values made of a number. */
    Object create(long rowId, int number) {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object entity = constructor.newInstance();
            id.set(entity, rowId);
            for (Attribute attribute : attributes(Role.VALUE, Role.CODE, Role.STAMP)) {
                attribute.set(entity, Values.of(attribute.field().getType(), number));
            }
            return entity;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The table that holds an attribute. */
    String table(Attribute attribute) {
        if (!attribute.secondaryTable().isEmpty()) {
            return attribute.secondaryTable();
        }
        Inheritance inheritance = root().type.getAnnotation(Inheritance.class);
        InheritanceType strategy = inheritance == null ? InheritanceType.SINGLE_TABLE : inheritance.strategy();
        return switch (strategy) {
            case SINGLE_TABLE -> root().ownTable();
            case TABLE_PER_CLASS -> ownTable();
            case JOINED -> {
                Kind holder = BY_CLASS.get(attribute.field().getDeclaringClass());
                yield holder == null ? root().ownTable() : holder.ownTable();
            }
        };
    }

    private String ownTable() {
        Table table = type.getAnnotation(Table.class);
        return table == null ? name() : table.name();
    }

    @Override
    public String toString() {
        return name();
    }
}
