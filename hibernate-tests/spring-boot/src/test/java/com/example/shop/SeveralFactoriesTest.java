package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
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

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory() {
            return factory(Application.newDatabase());
        }

        @Bean
        LocalContainerEntityManagerFactoryBean archive() {
            return factory(Application.newDatabase());
        }

        private static LocalContainerEntityManagerFactoryBean factory(String url) {
            DataSource source = DataSourceBuilder.create()
                    .url(url)
                    .username("sa")
                    .password("")
                    .build();
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            HibernateJpaVendorAdapter adapter = new HibernateJpaVendorAdapter();
            adapter.setGenerateDdl(true);
            factory.setJpaVendorAdapter(adapter);
            factory.setDataSource(source);
            factory.setPackagesToScan("com.example.shop");
            return factory;
        }
    }
}
