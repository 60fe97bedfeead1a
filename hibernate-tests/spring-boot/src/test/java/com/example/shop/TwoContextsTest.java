package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Applications of one JVM that work on one database, without a Redis. */
class TwoContextsTest {

    @Test
    void theySeeEachOthersWrites() {
        String database = "spring.datasource.url=" + Application.newDatabase();
        try (Application one = Application.with(database);
                Application two = Application.with(database, "spring.jpa.hibernate.ddl-auto=none")) {
            Product tea = one.products().save(new Product("tea"));
            one.cache().awaitSettled();
            assertThat(two.products().findById(tea.getId())).isPresent();
            assertThat(two.statistics().getHits()).isEqualTo(1);
            tea.setName("green tea");
            one.products().save(tea);
            assertThat(two.products().findById(tea.getId()))
                    .get()
                    .extracting(Product::getName)
                    .isEqualTo("green tea");
        }
    }

    @Test
    void thoseOfOtherDatabasesDoNot() {
        try (Application one = Application.with();
                Application two = Application.with()) {
            Product tea = one.products().save(new Product("tea"));
            one.cache().awaitSettled();
            assertThat(two.products().findById(tea.getId())).isEmpty();
        }
    }
}
