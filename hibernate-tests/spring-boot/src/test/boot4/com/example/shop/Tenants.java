package com.example.shop;

import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;

/** What an application that has tenants tells Hibernate. */
class Tenants {

    @Bean
    HibernatePropertiesCustomizer tenancy(Tenancy tenancy) {
        return tenancy::customize;
    }
}
