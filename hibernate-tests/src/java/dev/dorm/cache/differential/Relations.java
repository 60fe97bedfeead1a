package dev.dorm.cache.differential;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;

/** Entities with collections, and those that refer to each other. */
final class Relations {

    private Relations() {}

    @Entity(name = "Tagged")
    @Cacheable
    static class Tagged extends Simple.Counted {
        @ElementCollection
        Set<String> tags = new HashSet<>();

        @ElementCollection
        Map<String, String> labels = new HashMap<>();

        @ElementCollection
        @OrderColumn
        List<String> lines = new ArrayList<>();
    }

    @Entity(name = "TaggedVersioned")
    @Cacheable
    static class TaggedVersioned extends Simple.Counted {
        @Version
        int version;

        @ElementCollection
        Set<String> tags = new HashSet<>();
    }

    /** The collection's table is the element's own. */
    @Entity(name = "Album")
    @Cacheable
    static class Album extends Simple.Counted {
        @OneToMany
        @JoinColumn(name = "album_id")
        Set<Photo> photos = new HashSet<>();
    }

    @Entity(name = "Photo")
    @Cacheable
    static class Photo extends Simple.Counted {}

    /** The collection is the other side of a reference. */
    @Entity(name = "Owner")
    @Cacheable
    static class Owner extends Simple.Counted {
        @OneToMany(mappedBy = "owner", cascade = CascadeType.PERSIST)
        Set<Item> items = new HashSet<>();
    }

    @Entity(name = "Item")
    @Cacheable
    static class Item extends Simple.Counted {
        @ManyToOne(fetch = FetchType.LAZY)
        Owner owner;
    }

    @Entity(name = "Student")
    @Cacheable
    static class Student extends Simple.Counted {
        @ManyToMany
        Set<Course> courses = new HashSet<>();
    }

    @Entity(name = "Course")
    @Cacheable
    static class Course extends Simple.Counted {
        @ManyToMany(mappedBy = "courses")
        Set<Student> students = new HashSet<>();
    }

    @Entity(name = "Person")
    @Cacheable
    static class Person extends Simple.Counted {
        @OneToOne(mappedBy = "person")
        Passport passport;
    }

    @Entity(name = "Passport")
    @Cacheable
    static class Passport extends Simple.Counted {
        @OneToOne(fetch = FetchType.LAZY)
        Person person;
    }

    /** Its leaves go with it, by the database's own cascade. */
    @Entity(name = "Tree")
    @Cacheable
    static class Tree extends Simple.Counted {
        @OneToMany(mappedBy = "tree")
        Set<Leaf> leaves = new HashSet<>();
    }

    @Entity(name = "Leaf")
    @Cacheable
    static class Leaf extends Simple.Counted {
        @ManyToOne(fetch = FetchType.LAZY)
        @OnDelete(action = OnDeleteAction.CASCADE)
        Tree tree;
    }

    @Entity(name = "Node")
    @Cacheable
    static class Node extends Simple.Counted {
        @ManyToOne(fetch = FetchType.LAZY)
        Node parent;
    }
}
