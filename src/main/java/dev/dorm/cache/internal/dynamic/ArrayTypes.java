package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.value.ArrayCodec;
import dev.dorm.cache.internal.value.EnumCodec;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.lang.invoke.MethodType;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** How arrays are written whose elements are all of one class: tagged by the element's tag, enums by their class. */
final class ArrayTypes {

    private static final String ARRAY = "[]";
    private static final String PRIMITIVE = "primitive ";
    private static final String ENUM = "enum:";

    /** How many dimensions an array may not have: each is a class of its own, which the JVM makes when it is named. */
    private static final int DEEPEST = 8;

    private ArrayTypes() {}

    /** Returns how an array is written that has a column of its own; null when there is no such way. */
    static @Nullable ScalarCodec inColumn(Class<?> component, TaggedEncoding open) {
        return of(component, true, open);
    }

    /** Returns how an array is written that stands among values of any class; null when there is no such way. */
    static @Nullable ScalarCodec among(Class<?> component, TaggedEncoding open) {
        return of(component, false, open);
    }

    /** In a column of their own, calendars have the week of the process that reads them. */
    private static @Nullable ScalarCodec of(Class<?> component, boolean inColumn, TaggedEncoding open) {
        @Nullable ScalarCodec element = ScalarCodecs.ofType(component);
        if (element == null && component.isArray()) {
            element = of(component.getComponentType(), inColumn, open);
        } else if (element == null && component.isEnum()) {
            open.classes().wrote(component);
            element = new EnumCodec(component);
        }
        if (element == null) {
            return null;
        }
        String tag = (component.isPrimitive() ? PRIMITIVE : "") + element.tag() + ARRAY;
        boolean tagged = component == Calendar.class && !inColumn;
        return new ArrayCodec(tag, component, tagged ? open : new BasicEncoding(element, open, null));
    }

    /** Returns whether a tag is that of an array. */
    static boolean isTag(String tag) {
        return tag.endsWith(ARRAY);
    }

    /** Returns how an array is read that has a tag. */
    static ScalarCodec tagged(String tag, TaggedEncoding open) throws UndecodableException {
        if (tag.indexOf(ARRAY.repeat(DEEPEST)) >= 0) {
            throw BodyFormat.malformed("an array of too many dimensions");
        }
        @Nullable ScalarCodec scalar = inColumn(component(element(tag), open.classes()), open);
        if (scalar == null || !scalar.tag().equals(tag)) {
            throw BodyFormat.malformed("no such array");
        }
        return scalar;
    }

    private static String element(String tag) {
        return tag.substring(0, tag.length() - ARRAY.length());
    }

    private static Class<?> component(String tag, KnownClasses classes) throws UndecodableException {
        if (isTag(tag)) {
            return component(element(tag), classes).arrayType();
        }
        if (tag.startsWith(ENUM)) {
            Class<?> type = classes.named(tag.substring(ENUM.length()));
            if (type.isEnum()) {
                return type;
            }
        }
        boolean primitive = tag.startsWith(PRIMITIVE);
        @Nullable Class<?> type = ScalarCodecs.typeOf(primitive ? tag.substring(PRIMITIVE.length()) : tag);
        if (type == null) {
            throw BodyFormat.malformed("no such array");
        }
        return primitive ? MethodType.methodType(type).unwrap().returnType() : type;
    }
}
