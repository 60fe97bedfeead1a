package com.example.shop;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop as it runs with some properties, over a database of its own. */
final class Application implements AutoCloseable {

    private static int databases;

    private final ConfigurableApplicationContext context;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it with properties such as {@code dorm.cache.ttl=10m}. */
    static Application with(String... properties) {
        return of(new SpringApplicationBuilder(Shop.class), properties);
    }

    static Application of(SpringApplicationBuilder builder, String... properties) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.datasource.url=" + newDatabase());
        arguments.add("--spring.main.web-application-type=none");
        arguments.add("--spring.main.banner-mode=off");
        for (String property : properties) {
            arguments.removeIf(each -> each.startsWith("--" + property.substring(0, property.indexOf('=') + 1)));
            arguments.add("--" + property);
        }
        return new Application(builder.run(arguments.toArray(new String[0])));
    }

    /** A database in memory that nobody else has. */
    static synchronized String newDatabase() {
        return "jdbc:h2:mem:shop" + ++databases + ";DB_CLOSE_DELAY=-1";
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    EntityManagerFactory factory() {
        return context.getBean(EntityManagerFactory.class);
    }

    Products products() {
        return context.getBean(Products.class);
    }

    DormCache cache() {
        return DormCache.of(factory());
    }

    CacheStatistics statistics() {
        return cache().statistics();
    }

    /** Returns a setting as Hibernate has it. */
    Object setting(String name) {
        return factory().getProperties().get(name);
    }

    @Override
    public void close() {
        context.close();
    }
}
