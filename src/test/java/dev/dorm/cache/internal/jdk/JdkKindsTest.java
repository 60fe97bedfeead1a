package dev.dorm.cache.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JdkKindsTest {

    @Test
    void theyAreMadeWhenTheFirstIsMet() throws Exception {
        Fresh fresh = new Fresh();
        var knows = fresh.loadClass(JdkKinds.class.getName()).getMethod("knows", Object.class);
        for (Object value : List.of("text", 1L, new Object[] {"row"}, java.time.LocalDate.EPOCH)) {
            assertThat(knows.invoke(null, value)).isEqualTo(false);
        }
        assertThat(fresh.loaded).doesNotContain(WrapperKinds.class.getName());
        assertThat(knows.invoke(null, new ArrayList<>())).isEqualTo(true);
        assertThat(fresh.loaded).contains(WrapperKinds.class.getName());
    }

    /** Loads this package anew. */
    private static final class Fresh extends ClassLoader {

        final List<String> loaded = new ArrayList<>();

        Fresh() {
            super(JdkKindsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(JdkKinds.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in =
                    Objects.requireNonNull(getParent().getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                loaded.add(name);
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
