/** An application on the module path. */
module com.example.modules {
    requires jakarta.persistence;
    requires dev.dorm.cache;

    // Hibernate reads and writes the fields of entities; the cache compares values that have no equals of their own.
    opens com.example.modules to
            org.hibernate.orm.core,
            dev.dorm.cache;
}
