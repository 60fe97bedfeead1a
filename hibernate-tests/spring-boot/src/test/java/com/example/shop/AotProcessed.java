package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.hibernate.SessionFactory;
import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.test.agent.RuntimeHintsInvocations;
import org.springframework.aot.test.agent.RuntimeHintsRecorder;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The shop from the bean definitions that process-aot has made; tells its hits, and which reflection has no hint. */
final class AotProcessed {

    private AotProcessed() {}

    public static void main(String[] properties) {
        if (!RuntimeHintsAgent.isLoaded()) {
            work(properties);
            return;
        }
        RuntimeHintsInvocations invocations = RuntimeHintsRecorder.record(() -> work(properties));
        assertThat(invocations).notMatching(hints()).satisfies(missing -> System.out.println("MISSING " + missing));
    }

    /** Returns what all libraries on the class path tell for a native image. */
    static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .forEach(each -> each.registerHints(hints, AotProcessed.class.getClassLoader()));
        return hints;
    }

    private static void work(String... properties) {
        try (Application shop = Application.of(new SpringApplicationBuilder(Shop.class).main(Shop.class), properties)) {
            Long id = shop.products().save(new Product("tea")).getId();
            shop.cache().awaitSettled();
            shop.products().findById(id);
            long hits = shop.statistics().getHits();
            shop.products().findById(id);
            shop.factory().unwrap(SessionFactory.class).inSession(session -> session.createQuery(
                            "from Product", Product.class)
                    .setCacheable(true)
                    .getResultList());
            System.out.println("HITS " + (shop.statistics().getHits() - hits));
        }
    }
}
