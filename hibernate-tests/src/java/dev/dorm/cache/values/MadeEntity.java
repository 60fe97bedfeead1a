package dev.dorm.cache.values;

import dev.dorm.cache.values.Attribute.Making;
import dev.dorm.cache.values.Attribute.Reference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/** An entity of random attributes: its Java source, and its class. */
final class MadeEntity {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Some others have a name that Jakarta Persistence has, too. */
    private static final String[] IMPORTED = {
        "Any",
        "AnyDiscriminator",
        "AnyDiscriminatorValue",
        "AnyKeyJavaClass",
        "CompositeType",
        "Immutable",
        "JavaType",
        "JdbcTypeCode",
        "Mutability",
        "Nationalized",
        "NaturalId",
        "NaturalIdCache",
        "Parameter",
        "SortNatural",
        "TimeZoneStorage",
        "TimeZoneStorageType",
        "Type"
    };

    private final List<Attribute> attributes;
    private final MadeId id;
    private final String source;
    private final ClassLoader classes;
    private final String outer;

    MadeEntity(List<Attribute> attributes, MadeId id) {
        this.attributes = List.copyOf(attributes);
        this.id = id;
        String simple = "Made" + NUMBERS.incrementAndGet();
        this.outer = "dev.dorm.cache.values.made." + simple;
        this.source = "package dev.dorm.cache.values.made;\n\n"
                + "import jakarta.persistence.*;\n"
                + Stream.of(IMPORTED)
                        .map(each -> "import org.hibernate.annotations." + each + ";\n")
                        .collect(Collectors.joining())
                + "import org.hibernate.type.SqlTypes;\n\n"
                + "public class " + simple + " {\n"
                + "@Entity(name = \"" + simple + "\") @Cacheable @NaturalIdCache\n"
                + "public static class E {\n"
                + "  " + id.source() + ";\n"
                + "  public long number;\n"
                + "  @NaturalId @Column(name = \"known_as\") public String natural;\n"
                + "  public String name;\n"
                + attributes.stream().map(each -> "  " + each.source() + ";\n").collect(Collectors.joining())
                + "}\n"
                + id.classes()
                + attributes.stream().map(Attribute::classes).collect(Collectors.joining())
                + "}\n";
        this.classes = MadeClasses.compile(outer, source);
    }

    List<Attribute> attributes() {
        return attributes;
    }

    MadeId id() {
        return id;
    }

    String source() {
        return source;
    }

    String entityName() {
        return outer.substring(outer.lastIndexOf('.') + 1);
    }

    Class<?> type() {
        return named("E");
    }

    /** With all entities that it may refer to. */
    Class<?>[] all() {
        return new Class<?>[] {type(), Samples.Target.class, Samples.Numbered.class, Samples.Lobs.class};
    }

    /** Writes what must be there before it. */
    void prepare(Session session) {
        session.persist(new Samples.Target(1));
        session.doWork(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : id.statements(entityName())) {
                    statement.execute(sql);
                }
            }
        });
    }

    private Class<?> named(String inner) {
        try {
            return classes.loadClass(outer + "$" + inner);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The id of a number, in any of its forms. */
    Object idOf(long number) {
        Object value = id.value(number);
        return value instanceof Making making ? made(making) : value;
    }

    /** An entity with these attributes set. */
    Object make(long number, Map<Attribute, Object> set) {
        try {
            Object entity = type().getDeclaredConstructor().newInstance();
            if (!id.isGenerated()) {
                set(entity, "id", idOf(number));
            }
            set(entity, "number", number);
            set(entity, "natural", natural(number));
            set(entity, "name", "first");
            for (Map.Entry<Attribute, Object> each : set.entrySet()) {
                Object value = each.getValue();
                set(entity, each.getKey().name(), value instanceof Samples.Numbered ? new Samples.Numbered() : value);
            }
            return entity;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static String natural(long number) {
        return "n" + number;
    }

    /** What an attribute's value is, of the classes that were generated. */
    Object valueOf(Attribute attribute) {
        return made(attribute.value().get());
    }

    private Object made(Object value) {
        if (value == Reference.TARGET) {
            return new Samples.Target(1);
        }
        if (value == Reference.NUMBERED) {
            return new Samples.Numbered();
        }
        if (value instanceof Making making) {
            return making(making);
        }
        if (value instanceof List<?> list && list.stream().anyMatch(Making.class::isInstance)) {
            List<Object> made = new ArrayList<>();
            list.forEach(each -> made.add(made(each)));
            return made;
        }
        return value;
    }

    private Object making(Making making) {
        Class<?> type = named(making.type());
        try {
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                Class<?>[] types = new Class<?>[components.length];
                Object[] values = new Object[components.length];
                for (int i = 0; i < types.length; i++) {
                    types[i] = components[i].getType();
                    values[i] = made(making.fields().get(components[i].getName()));
                }
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                return constructor.newInstance(values);
            }
            Object made = type.getDeclaredConstructor().newInstance();
            for (Map.Entry<String, Object> field : making.fields().entrySet()) {
                set(made, field.getKey(), made(field.getValue()));
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Object get(Object entity, String name) {
        return Picture.get(field(entity.getClass(), name), entity);
    }

    static void set(Object entity, String name, Object value) {
        Field field = field(entity.getClass(), name);
        try {
            field.setAccessible(true);
            field.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Class<?> in, String name) {
        for (Class<?> type = in; type != null; type = type.getSuperclass()) {
            try {
                return type.getDeclaredField(name);
            } catch (NoSuchFieldException e) {
                // Of a superclass, then.
            }
        }
        throw new AssertionError(in + " has no " + name);
    }
}
