package dev.dorm.cache.differential;

import jakarta.persistence.LockModeType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs as texts that a person reads, and that can be read back: {@code t1.set(Plain, 1, name, 7)}. */
final class Programs {

    private static final Pattern LINE = Pattern.compile("(?:t(\\d+)\\.)?(\\w+)\\((.*)\\)");

    private static final Map<String, Class<?>> STEPS = new LinkedHashMap<>();

    static {
        Stream.of(Sessions.class, Reads.class, Queries.class, Writes.class, Bulk.class, Evictions.class)
                .flatMap(holder -> Stream.of(holder.getDeclaredClasses()))
                .filter(Step.class::isAssignableFrom)
                .forEach(step -> STEPS.put(name(step), step));
    }

    private Programs() {}

    private static String name(Class<?> step) {
        String name = step.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static String text(Program program) {
        StringBuilder text = new StringBuilder("setup(" + program.setup() + (program.warm() ? ", warm" : "") + ")\n");
        program.steps().forEach(step -> text.append(text(step)).append('\n'));
        return text.toString();
    }

    static String text(Step step) {
        String before = "";
        StringJoiner arguments = new StringJoiner(", ", name(step.getClass()) + "(", ")");
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            Object value = value(step, component);
            if (component.getName().equals("t")) {
                before = "t" + value + ".";
            } else {
                arguments.add((component.getName().equals("of") ? "t" : "") + value);
            }
        }
        return before + arguments;
    }

    static Program parse(String text) {
        Setup setup = null;
        boolean warm = false;
        List<Step> steps = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(line);
            }
            List<String> arguments = Arrays.asList(matcher.group(3).split(", *"));
            if (matcher.group(2).equals("setup")) {
                setup = Setup.valueOf(arguments.get(0));
                warm = arguments.contains("warm");
            } else {
                steps.add(step(matcher.group(1), matcher.group(2), arguments));
            }
        }
        if (setup == null) {
            throw new IllegalArgumentException("no setup");
        }
        return new Program(setup, warm, List.copyOf(steps));
    }

    private static Step step(@Nullable String t, String name, List<String> arguments) {
        Class<?> type = STEPS.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no step " + name);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        int at = 0;
        for (int i = 0; i < components.length; i++) {
            boolean first = components[i].getName().equals("t");
            values[i] = first ? Integer.valueOf(t) : parse(components[i].getType(), arguments.get(at++));
        }
        try {
            var constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return (Step) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object parse(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.valueOf(text.startsWith("t") ? text.substring(1) : text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == Kind.class) {
            return Kind.named(text);
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }
        return text;
    }

    /** The number of the transaction that a step belongs to; 0 when it belongs to none. */
    static int transaction(Step step) {
        return component(step, "t") instanceof Integer t ? t : 0;
    }

    /** The id of the row that a step is about; 0 when it is about none, or several. */
    static long id(Step step) {
        return component(step, "id") instanceof Long id ? id : 0;
    }

    /** Whether a step raises versions, without a change. */
    static boolean raisesVersions(Step step) {
        return component(step, "mode") instanceof LockModeType mode
                && (mode == LockModeType.OPTIMISTIC_FORCE_INCREMENT
                        || mode == LockModeType.PESSIMISTIC_FORCE_INCREMENT
                        || mode == LockModeType.WRITE);
    }

    static @Nullable Kind kind(Step step) {
        return component(step, "kind") instanceof Kind kind ? kind : null;
    }

    private static @Nullable Object component(Step step, String name) {
        return Stream.of(step.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> value(step, component))
                .orElse(null);
    }

    private static Object value(Step step, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
