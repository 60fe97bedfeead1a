package dev.dorm.cache.benchmark;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.CacheLayout;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.QueryCacheLayout;

/** The entities: one for each thing that is measured, so that no scenario changes what another one reads. */
final class Catalogue {

    /** All of them. */
    static final List<Class<?>> ENTITIES = List.of(
            Strict.class,
            Fixed.class,
            Loose.class,
            Transacted.class,
            Changed.class,
            Referred.class,
            Coded.class,
            Many.class,
            Shelf.class,
            Rack.class,
            Maker.class,
            Land.class,
            Continent.class);

    private Catalogue() {}

    /** Read under READ_WRITE; a cached query result holds its attributes. */
    @Entity(name = "Strict")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Strict extends Goods {
        Strict() {}

        Strict(long id) {
            super(id);
        }
    }

    /** Read under READ_ONLY. */
    @Entity(name = "Fixed")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Fixed extends Goods {
        Fixed() {}

        Fixed(long id) {
            super(id);
        }
    }

    /** Read under NONSTRICT_READ_WRITE. */
    @Entity(name = "Loose")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Loose extends Goods {
        Loose() {}

        Loose(long id) {
            super(id);
        }
    }

    /** Read under TRANSACTIONAL. */
    @Entity(name = "Transacted")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
    static class Transacted extends Goods {
        Transacted() {}

        Transacted(long id) {
            super(id);
        }
    }

    /** Updated. */
    @Entity(name = "Changed")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Changed extends Goods {
        Changed() {}

        Changed(long id) {
            super(id);
        }
    }

    /** Of which a cached query result holds the ids only. */
    @Entity(name = "Referred")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    @QueryCacheLayout(layout = CacheLayout.SHALLOW)
    static class Referred extends Goods {
        Referred() {}

        Referred(long id) {
            super(id);
        }
    }

    /** Looked up by a natural id. */
    @Entity(name = "Coded")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    @NaturalIdCache
    static class Coded extends Goods {
        @NaturalId
        String code;

        Coded() {}

        Coded(long id) {
            super(id);
            code = "C-" + id;
        }
    }

    /** Missed, filled, and evicted. */
    @Entity(name = "Many")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Many extends Goods {
        Many() {}

        Many(long id) {
            super(id);
        }
    }

    /** With a cached, lazy collection of a hundred. */
    @Entity(name = "Shelf")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Shelf {
        @Id
        long id;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Strict> goods = new HashSet<>();

        Shelf() {}

        Shelf(long id) {
            this.id = id;
        }
    }

    /** With one that is initialized with it. */
    @Entity(name = "Rack")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Rack {
        @Id
        long id;

        @ManyToMany(fetch = FetchType.EAGER)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Strict> goods = new HashSet<>();

        Rack() {}

        Rack(long id) {
            this.id = id;
        }
    }

    /** The second table of a query. */
    @Entity(name = "Maker")
    static class Maker {
        @Id
        long id = 1;
    }

    /** The third table of a query. */
    @Entity(name = "Land")
    static class Land {
        @Id
        long id = 1;
    }

    /** The fourth table of a query. */
    @Entity(name = "Continent")
    static class Continent {
        @Id
        long id = 1;
    }
}
