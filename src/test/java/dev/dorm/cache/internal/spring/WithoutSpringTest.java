package dev.dorm.cache.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** An application without Spring loads nothing that is for Spring. */
class WithoutSpringTest {

    @Test
    @SuppressWarnings("unchecked")
    void nothingOfItIsLoaded() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !Path.of(path).getFileName().toString().startsWith("spring-"))
                .map(WithoutSpringTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (Recording loader = new Recording(classPath)) {
            Thread.currentThread().setContextClassLoader(loader);
            Callable<String> application = (Callable<String>) loader.loadClass(Application.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(application.call()).isEqualTo("dev.dorm.cache.DormRegionFactory");
            assertThat(loader.loaded)
                    .contains("dev.dorm.cache.DormRegionFactory")
                    .noneMatch(name -> name.startsWith("org.springframework."))
                    .filteredOn(name -> name.startsWith("dev.dorm.cache.internal.spring."))
                    .containsExactly(Application.class.getName());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Uses the cache, as an application without Spring does; it is loaded anew. */
    public static final class Application implements Callable<String> {

        @Override
        public String call() {
            Configuration configuration = new Configuration()
                    .setProperty("hibernate.connection.url", "jdbc:h2:mem:springless")
                    .setProperty("hibernate.cache.region.factory_class", "dorm")
                    .setProperty("hibernate.cache.use_second_level_cache", "true");
            try (SessionFactory factory = configuration.buildSessionFactory()) {
                return factory.unwrap(org.hibernate.engine.spi.SessionFactoryImplementor.class)
                        .getCache()
                        .getRegionFactory()
                        .getClass()
                        .getName();
            }
        }
    }

    private static final class Recording extends URLClassLoader {

        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        Recording(URL[] classPath) throws IOException {
            super(classPath, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            loaded.add(name);
            return found;
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
