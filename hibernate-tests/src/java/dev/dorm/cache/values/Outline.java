package dev.dorm.cache.values;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * What a collection of the JDK is beside its elements, of which no method tells: whether it is in the order of access, and
 * for how many elements there is room. It stands in the serialized form. Of a {@code LinkedHashSet} it is not compared:
 * Jackson makes one with another room than Hibernate does when it copies it.
 */
final class Outline extends ObjectOutputStream {

    private boolean begun;

    private Outline(ByteArrayOutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    static String of(Object collection) {
        String defaults = collection instanceof Properties properties
                ? new TreeSet<>(properties.stringPropertyNames()).toString()
                : "";
        return collection.getClass() != LinkedHashSet.class
                        && collection.getClass().getName().startsWith("java.util.")
                ? defaults + form(collection)
                : "";
    }

    private static String form(Object collection) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Outline out = new Outline(bytes)) {
            out.writeObject(collection);
        } catch (IOException | RuntimeException e) {
            return "";
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.toByteArray());
        return "~" + Long.toHexString(sum.getValue());
    }

    /** Leaves out all but the collection itself. */
    @Override
    protected Object replaceObject(Object object) {
        if (begun) {
            return null;
        }
        begun = true;
        return object;
    }
}
