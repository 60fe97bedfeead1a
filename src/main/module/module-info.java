/**
 * A second-level cache for Hibernate. Applications see two packages: {@link dev.dorm.cache} and, for backends of their
 * own, {@link dev.dorm.cache.backend}. Everything else is internal.
 */
module dev.dorm.cache {
    requires java.management;
    requires java.sql;
    requires transitive org.hibernate.orm.core;
    requires transitive jakarta.persistence;
    requires jakarta.transaction;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires io.github.resilience4j.circuitbreaker;
    requires org.slf4j;

    // Present when the application has them: Redis, the smaller format of bodies, meters.
    requires static redisson;
    requires static io.netty.buffer;
    requires static io.netty.common;
    requires static io.netty.handler;
    requires static io.netty.transport;
    requires static com.fasterxml.jackson.dataformat.smile;
    requires static micrometer.commons;
    requires static micrometer.core;
    requires static micrometer.observation;
    requires static org.jspecify;

    // Spring Boot, which is the application's. What Boot 4 has moved is in modules of its own.
    requires static spring.beans;
    requires static spring.boot;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static spring.boot.autoconfigure;
    requires static spring.boot.data.redis;
    requires static spring.boot.health;
    requires static spring.context;
    requires static spring.core;
    requires static spring.orm;

    exports dev.dorm.cache;
    exports dev.dorm.cache.backend;

    // Spring makes what it configures by reflection.
    opens dev.dorm.cache.internal.spring;
    opens dev.dorm.cache.internal.spring.actuate;
    opens dev.dorm.cache.internal.spring.aot;
    opens dev.dorm.cache.internal.spring.actuate.boot3;
    opens dev.dorm.cache.internal.spring.actuate.boot4;

    provides org.hibernate.boot.registry.selector.StrategyRegistrationProvider with
            dev.dorm.cache.internal.discovery.DormStrategyRegistration;
    provides org.hibernate.integrator.spi.Integrator with
            dev.dorm.cache.internal.discovery.DormIntegrator;
    provides org.hibernate.service.spi.ServiceContributor with
            dev.dorm.cache.internal.discovery.DormServiceContributor;
}
