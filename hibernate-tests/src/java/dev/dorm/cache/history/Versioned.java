package dev.dorm.cache.history;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import org.hibernate.annotations.NaturalIdCache;

/** An entry with a version, which starts anew when the row is deleted and inserted again. */
@Entity(name = "Versioned")
@Cacheable
@NaturalIdCache
class Versioned extends Entry {

    @Version
    int version;
}
