package dev.dorm.cache;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.SecondaryTable;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.annotations.SQLInsert;

/** Entities over every kind of table that a mapping can have. */
final class Tables {

    private Tables() {}

    static Class<?>[] entities() {
        return new Class<?>[] {
            Plain.class,
            Other.class,
            Base.class,
            Sub.class,
            Root.class,
            LeafA.class,
            LeafB.class,
            Twofold.class,
            Custom.class
        };
    }

    static void fill(Session session) {
        Other other = new Other(1, "o");
        session.persist(other);
        session.persist(new Other(2, "p"));
        Plain plain = new Plain(1, "a");
        plain.tags.add("t");
        plain.friends.add(other);
        session.persist(plain);
        session.persist(new Base(2, "b"));
        session.persist(new Sub(1, "s", "x"));
        session.persist(new Root(1, "r"));
        session.persist(new LeafA(2, "la"));
        session.persist(new LeafB(3, "lb"));
        Twofold twofold = new Twofold();
        twofold.id = 1;
        twofold.more = "m";
        session.persist(twofold);
        session.persist(new Custom(1, "c"));
    }

    static void refill(Session session) {
        for (Class<?> entity : List.of(Plain.class, Other.class, Base.class, Root.class, Twofold.class, Custom.class)) {
            session.createQuery("from " + entity.getSimpleName(), entity).list().forEach(session::remove);
        }
        session.flush();
        session.clear();
        fill(session);
    }

    @Entity(name = "Plain")
    static class Plain {
        @Id
        long id;

        String name;

        @ElementCollection
        @CollectionTable(name = "Plain_tags")
        List<String> tags = new ArrayList<>();

        @ManyToMany(cascade = CascadeType.PERSIST)
        @JoinTable(name = "Plain_friends")
        List<Other> friends = new ArrayList<>();

        Plain() {}

        Plain(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Other")
    static class Other {
        @Id
        long id;

        String name;

        Other() {}

        Other(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Base")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Base {
        @Id
        long id;

        String name;

        Base() {}

        Base(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Sub")
    static class Sub extends Base {
        String extra;

        Sub() {}

        Sub(long id, String name, String extra) {
            super(id, name);
            this.extra = extra;
        }
    }

    @Entity(name = "Root")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Root {
        @Id
        long id;

        String name;

        Root() {}

        Root(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "LeafA")
    static class LeafA extends Root {
        LeafA() {}

        LeafA(long id, String name) {
            super(id, name);
        }
    }

    @Entity(name = "LeafB")
    static class LeafB extends Root {
        LeafB() {}

        LeafB(long id, String name) {
            super(id, name);
        }
    }

    @Entity(name = "Twofold")
    @SecondaryTable(name = "Twofold_more")
    static class Twofold {
        @Id
        long id;

        @Column(table = "Twofold_more")
        String more;
    }

    @Entity(name = "Custom")
    @SQLInsert(sql = "merge into Custom (name, id) key (id) values (?, ?)")
    static class Custom {
        @Id
        long id;

        String name;

        Custom() {}

        Custom(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }
}
