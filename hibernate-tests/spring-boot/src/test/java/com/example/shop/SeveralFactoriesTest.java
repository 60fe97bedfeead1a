package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Each entity manager factory of an application has a cache of its own database. */
class SeveralFactoriesTest {

    @Test
    void eachIsCachedUnderItsOwnPrefix() {
        try (Application shop = Application.of(new SpringApplicationBuilder(Shop.class, TwoDatabases.class))) {
            EntityManagerFactory first = shop.context().getBean("entityManagerFactory", EntityManagerFactory.class);
            EntityManagerFactory second = shop.context().getBean("archive", EntityManagerFactory.class);
            assertThat(DormCache.of(first)).isNotSameAs(DormCache.of(second));
            assertThat(first.getProperties()
                            .get("hibernate.cache.region_prefix")
                            .toString())
                    .startsWith("db")
                    .isNotEqualTo(second.getProperties().get("hibernate.cache.region_prefix"));
        }
    }

    @Test
    void eachHasItsOwnEntriesAndMeters() {
        try (Application shop = Application.of(new SpringApplicationBuilder(Shop.class, TwoDatabases.class))) {
            SessionFactory first = factory(shop, "entityManagerFactory");
            SessionFactory second = factory(shop, "archive");
            cache(first, "tea");
            cache(second, "coffee");
            assertThat(read(first)).isEqualTo("tea");
            assertThat(read(second)).isEqualTo("coffee");
            assertThat(read(second)).isEqualTo("coffee");
            assertThat(hits(shop, "default")).isEqualTo(1);
            assertThat(hits(shop, "archive")).isEqualTo(2);
        }
    }

    @Test
    void twoOfOneDatabaseShareItsEntriesAndNoMeters() {
        try (Application shop = Application.of(new SpringApplicationBuilder(Shop.class, OneDatabase.class))) {
            SessionFactory first = factory(shop, "entityManagerFactory");
            SessionFactory second = factory(shop, "archive");
            assertThat(second.getProperties().get("hibernate.cache.region_prefix"))
                    .isEqualTo(first.getProperties().get("hibernate.cache.region_prefix"));
            cache(first, "tea");
            assertThat(read(second)).isEqualTo("tea");
            assertThat(hits(shop, "default")).isZero();
            assertThat(hits(shop, "archive")).isEqualTo(1);
        }
    }

    private static SessionFactory factory(Application shop, String bean) {
        return shop.context().getBean(bean, EntityManagerFactory.class).unwrap(SessionFactory.class);
    }

    private static void cache(SessionFactory factory, String name) {
        factory.inTransaction(session -> session.persist(new Product(name)));
        DormCache.of(factory).awaitSettled();
    }

    private static String read(SessionFactory factory) {
        return factory.fromSession(session -> session.find(Product.class, 1L)).getName();
    }

    private static double hits(Application shop, String factory) {
        return shop.context()
                .getBean(MeterRegistry.class)
                .get("dorm.cache.hits")
                .tags("factory", factory, "region", Product.class.getName())
                .functionCounter()
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory() {
            return factory("default", Application.newDatabase());
        }

        @Bean
        LocalContainerEntityManagerFactoryBean archive() {
            return factory("archive", Application.newDatabase());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneDatabase {

        private final String url = Application.newDatabase();

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory() {
            return factory("default", url);
        }

        @Bean
        LocalContainerEntityManagerFactoryBean archive() {
            return factory("archive", url);
        }
    }

    private static LocalContainerEntityManagerFactoryBean factory(String name, String url) {
        DataSource source =
                DataSourceBuilder.create().url(url).username("sa").password("").build();
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        HibernateJpaVendorAdapter adapter = new HibernateJpaVendorAdapter();
        adapter.setGenerateDdl(true);
        factory.setJpaVendorAdapter(adapter);
        factory.setPersistenceUnitName(name);
        factory.setDataSource(source);
        factory.setPackagesToScan("com.example.shop");
        return factory;
    }
}
