package dev.dorm.cache.internal.region;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SoftDelete;

/** Entities of which a statement writes a part, or which it cannot speak for. */
final class ProvenStates {

    static final Class<?>[] ALL = {
        Dynamic.class,
        Excluding.class,
        Parent.class,
        Child.class,
        Second.class,
        Fixed.class,
        Defaulted.class,
        Noted.class,
        Kept.class,
        Soft.class,
        Shown.class,
        Coded.class,
        Plain.class,
        Holder.class,
        Generated.class,
        Reckoned.class
    };

    private ProvenStates() {}

    @MappedSuperclass
    static class State {
        @Id
        long id = 1;

        String name = "old";

        @OptimisticLock(excluded = true)
        String note = "old";

        @Override
        public String toString() {
            return name + " " + note;
        }
    }

    @Entity(name = "Dynamic")
    @Cacheable
    @DynamicUpdate
    static class Dynamic extends State {
        @Version
        int version;
    }

    @Entity(name = "Excluding")
    @Cacheable
    @DynamicUpdate
    static class Excluding extends State {
        @Version
        int version;

        @Override
        public String toString() {
            return super.toString() + " " + version;
        }
    }

    @Entity(name = "Parent")
    @Cacheable
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Parent extends State {
        @Version
        int version;
    }

    @Entity(name = "Child")
    static class Child extends Parent {
        @OptimisticLock(excluded = true)
        String own = "old";

        @Override
        public String toString() {
            return super.toString() + " " + own;
        }
    }

    @Entity(name = "Halves")
    @Cacheable
    @SecondaryTable(name = "SecondMore")
    static class Second extends State {
        @Version
        int version;

        @OptimisticLock(excluded = true)
        @Column(table = "SecondMore")
        String own = "old";

        @Override
        public String toString() {
            return super.toString() + " " + own;
        }
    }

    @Entity(name = "Fixed")
    @Cacheable
    static class Fixed {
        @Id
        long id = 1;

        String name = "old";

        @Column(updatable = false)
        String note = "old";

        @Override
        public String toString() {
            return name + " " + note;
        }
    }

    @Entity(name = "Defaulted")
    @Cacheable
    static class Defaulted {
        @Id
        long id = 1;

        @Column(insertable = false, updatable = false, columnDefinition = "varchar(20) default 'by default'")
        String note;

        @Override
        public String toString() {
            return note;
        }
    }

    @Entity(name = "Noted")
    @Cacheable
    static class Noted extends State {
        @ElementCollection(fetch = FetchType.LAZY)
        Set<String> tags = new HashSet<>();
    }

    @Entity(name = "Kept")
    @Cacheable
    static class Kept extends State {
        @Version
        int version;

        @ElementCollection(fetch = FetchType.LAZY)
        Set<String> tags = new HashSet<>();

        @Override
        public String toString() {
            return super.toString() + " " + version;
        }
    }

    @Entity(name = "Soft")
    @Cacheable
    @SoftDelete
    static class Soft extends State {}

    @Entity(name = "Shown")
    @Cacheable
    @SQLRestriction("hidden = false")
    static class Shown extends State {
        boolean hidden;
    }

    @Entity(name = "Coded")
    @Cacheable
    static class Coded extends State {
        @NaturalId
        String code;

        Coded() {}

        Coded(String code) {
            this.code = code;
        }

        @Override
        public String toString() {
            return super.toString() + " " + code;
        }
    }

    @Entity(name = "Plain")
    @Cacheable
    static class Plain extends State {}

    @Entity(name = "Holder")
    @Cacheable
    @DynamicUpdate
    static class Holder extends State {
        @Version
        int version;

        @Column(name = "plain_id", insertable = false, updatable = false)
        Long plainId;

        @ManyToOne
        @JoinColumn(name = "plain_id")
        Plain plain;

        @Override
        public String toString() {
            return super.toString() + " " + plainId;
        }
    }

    @Entity(name = "Generated")
    @Cacheable
    static class Generated extends State {
        @GeneratedColumn("concat(name, '!')")
        String loud;

        @Override
        public String toString() {
            return super.toString() + " " + loud;
        }
    }

    @Entity(name = "Reckoned")
    @Cacheable
    static class Reckoned extends State {
        @Formula("concat(name, '!')")
        String loud;

        @Override
        public String toString() {
            return super.toString() + " " + loud;
        }
    }
}
