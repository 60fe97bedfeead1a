package dev.dorm.cache.differential;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Version;

/** Entities that extend others, under each of the three strategies. */
final class Hierarchies {

    private Hierarchies() {}

    @Entity(name = "Single")
    @Cacheable
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Single extends Simple.Named {}

    @Entity(name = "SingleLeaf")
    static class SingleLeaf extends Single {
        Integer amount;
    }

    @Entity(name = "Joined")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined extends Simple.Named {}

    @Entity(name = "JoinedLeaf")
    static class JoinedLeaf extends Joined {
        int amount;
    }

    @Entity(name = "JoinedVersioned")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    static class JoinedVersioned extends Simple.Named {
        @Version
        int version;
    }

    @Entity(name = "JoinedVersionedLeaf")
    static class JoinedVersionedLeaf extends JoinedVersioned {
        int amount;
    }

    @Entity(name = "Each")
    @Cacheable
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Each extends Simple.Named {}

    @Entity(name = "EachLeaf")
    static class EachLeaf extends Each {
        int amount;
    }
}
