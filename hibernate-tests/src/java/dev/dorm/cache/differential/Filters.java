package dev.dorm.cache.differential;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.TenantId;

/** Entities of which a session sees a part only, or whose rows do not change. */
final class Filters {

    static final String SMALL = "small";

    private Filters() {}

    @Entity(name = "Basket")
    @Cacheable
    static class Basket extends Simple.Counted {
        @OneToMany(mappedBy = "basket")
        @Filter(name = SMALL)
        Set<Fruit> fruits = new HashSet<>();
    }

    @Entity(name = "Fruit")
    @Cacheable
    @Filter(name = SMALL)
    static class Fruit extends Simple.Counted {
        @ManyToOne(fetch = FetchType.LAZY)
        Basket basket;
    }

    /** Its elements are marked, not deleted. */
    @Entity(name = "Rack")
    @Cacheable
    static class Rack extends Simple.Counted {
        @OneToMany(mappedBy = "rack")
        Set<Slip> slips = new HashSet<>();
    }

    @Entity(name = "Slip")
    @Cacheable
    @SoftDelete
    static class Slip extends Simple.Counted {
        @ManyToOne
        Rack rack;
    }

    @Entity(name = "Leased")
    @Cacheable
    static class Leased extends Simple.Counted {
        @TenantId
        String tenant;
    }

    @Entity(name = "Stone")
    @Cacheable
    @Immutable
    static class Stone extends Simple.Counted {}

    /** With what belongs to it. */
    @Entity(name = "Pebble")
    @Cacheable
    @Immutable
    @NaturalIdCache
    static class Pebble extends Simple.Named {
        @NaturalId
        String code;

        @ElementCollection
        Set<String> colours = new HashSet<>();
    }

    @Entity(name = "Rock")
    @Cacheable
    @Immutable
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Rock extends Simple.Named {}

    @Entity(name = "RockLeaf")
    static class RockLeaf extends Rock {
        int amount;
    }
}
