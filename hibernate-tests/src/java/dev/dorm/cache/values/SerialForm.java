package dev.dorm.cache.values;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hibernate.collection.spi.PersistentCollection;

/**
 * What is in a serialized form beside the parts: the classes that it names, such as that of the keys of an
 * empty {@code EnumMap}. Which parts are the same object is left out; databases do not promise it.
 */
final class SerialForm {

    private SerialForm() {}

    static String of(Object value) {
        if (!(value instanceof Serializable) || value instanceof PersistentCollection<?>) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            return "";
        }
        List<String> names = new ArrayList<>();
        try (ObjectInputStream in = new Listening(new ByteArrayInputStream(bytes.toByteArray()), names)) {
            in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            return "";
        }
        // The order of a hash table's parts may be another each time.
        return new TreeSet<>(names).toString();
    }

    private static final class Listening extends ObjectInputStream {
        private final List<String> names;

        Listening(InputStream in, List<String> names) throws IOException {
            super(in);
            this.names = names;
        }

        @Override
        protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
            ObjectStreamClass descriptor = super.readClassDescriptor();
            names.add(descriptor.getName());
            return descriptor;
        }
    }
}
