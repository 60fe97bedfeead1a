package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Served;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.SessionFactory;
import org.hibernate.Version;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** The integration tests run on the Hibernate that the build asked for, not on the one it compiled against. */
class HibernateVersionIT {

    @Entity(name = "Probe")
    static class Probe {
        @Id
        long id;
    }

    @Test
    void theWantedHibernateIsTheOneThatRuns() {
        assertThat(Version.getVersionString()).isEqualTo(System.getProperty("hibernate.test.version"));
    }

    @Test
    void theWantedHibernateOpensASessionFactory() {
        try (SessionFactory sessions = openOverH2()) {
            sessions.inTransaction(session -> session.persist(new Probe()));
            assertThat(sessions.<Long>fromTransaction(
                            session -> session.createQuery("select count(*) from Probe", Long.class)
                                    .getSingleResult()))
                    .isEqualTo(1L);
        }
    }

    @Test
    void theLibraryUnderTestIsThePackagedJar() throws ClassNotFoundException {
        var source = Class.forName("dev.dorm.cache.backend.Backend")
                .getProtectionDomain()
                .getCodeSource();
        assertThat(source.getLocation().getPath()).endsWith(".jar");
    }

    private static SessionFactory openOverH2() {
        Served.H2.record();
        return new Configuration()
                .addAnnotatedClass(Probe.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:version")
                .setProperty("hibernate.hbm2ddl.auto", "create-drop")
                .buildSessionFactory();
    }
}
