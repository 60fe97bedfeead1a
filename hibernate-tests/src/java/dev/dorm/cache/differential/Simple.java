package dev.dorm.cache.differential;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.generator.EventType;

/** Entities that refer to no other. */
final class Simple {

    private Simple() {}

    /** What all entities have. */
    @MappedSuperclass
    abstract static class Named {
        @Id
        long id;

        String name;
    }

    /** What most have. */
    @MappedSuperclass
    abstract static class Counted extends Named {
        int amount;
    }

    @Entity(name = "Plain")
    @Cacheable
    static class Plain extends Counted {}

    @Entity(name = "Versioned")
    @Cacheable
    static class Versioned extends Counted {
        @Version
        int version;
    }

    @Entity(name = "Dynamic")
    @Cacheable
    @DynamicUpdate
    static class Dynamic extends Counted {}

    @Entity(name = "DynamicVersioned")
    @Cacheable
    @DynamicUpdate
    static class DynamicVersioned extends Counted {
        @Version
        int version;
    }

    @Entity(name = "Excluding")
    @Cacheable
    @DynamicUpdate
    static class Excluding extends Named {
        @OptimisticLock(excluded = true)
        int amount;

        @Version
        int version;
    }

    @Entity(name = "Twofold")
    @Cacheable
    @SecondaryTable(name = "TwofoldMore")
    static class Twofold extends Named {
        @Column(table = "TwofoldMore")
        int amount;
    }

    /** What its second table holds raises no version. */
    @Entity(name = "TwofoldVersioned")
    @Cacheable
    @SecondaryTable(name = "TwofoldVersionedMore")
    static class TwofoldVersioned extends Named {
        @Column(table = "TwofoldVersionedMore")
        @OptimisticLock(excluded = true)
        int amount;

        @Version
        int version;
    }

    @Entity(name = "Fixed")
    @Cacheable
    static class Fixed extends Named {
        @Column(updatable = false)
        int amount;
    }

    @Entity(name = "Derived")
    @Cacheable
    static class Derived extends Counted {
        @Formula("amount + 1")
        Integer next;

        @GeneratedColumn("amount * 2")
        Integer twice;

        @Generated(event = EventType.INSERT)
        @ColumnDefault("'fresh'")
        @Column(insertable = false, updatable = false)
        String mark;
    }

    @Entity(name = "Rounded")
    @Cacheable
    static class Rounded extends Named {
        @Column(precision = 10, scale = 1)
        BigDecimal price;

        Instant at;

        @Column(columnDefinition = "char(8)")
        String padded;
    }

    @Entity(name = "Coded")
    @Cacheable
    @NaturalIdCache
    static class Coded extends Named {
        @NaturalId(mutable = true)
        String code;
    }

    @Entity(name = "Stamped")
    @Cacheable
    @NaturalIdCache
    static class Stamped extends Named {
        @NaturalId
        String code;
    }

    @Entity(name = "Softly")
    @Cacheable
    @SoftDelete
    static class Softly extends Counted {
        @Version
        int version;
    }

    @Entity(name = "SoftlyPlain")
    @Cacheable
    @SoftDelete
    static class SoftlyPlain extends Counted {}

    @Entity(name = "Wide")
    @Table(name = "Shared")
    @Cacheable
    static class Wide extends Counted {}

    @Entity(name = "Narrow")
    @Table(name = "Shared")
    @Cacheable
    static class Narrow extends Named {}
}
