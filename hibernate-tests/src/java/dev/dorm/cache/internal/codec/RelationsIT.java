package dev.dorm.cache.internal.codec;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.MapKeyJoinColumn;
import jakarta.persistence.MapKeyJoinColumns;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hibernate.annotations.SortComparator;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections of entities, and maps by entities. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class RelationsIT extends CodecLines {

    /** By label. */
    public static final class ByLabel implements Comparator<Leaflet> {
        @Override
        public int compare(Leaflet one, Leaflet other) {
            return one.label.compareTo(other.label);
        }

        @Override
        public String toString() {
            return "by label";
        }
    }

    @Embeddable
    static class LeafletId implements Serializable {
        String series;
        Integer number;

        @Override
        public boolean equals(Object other) {
            return other instanceof LeafletId id && id.series.equals(series) && id.number.equals(number);
        }

        @Override
        public int hashCode() {
            return Objects.hash(series, number);
        }
    }

    @Entity(name = "Leaflet")
    static class Leaflet {
        @EmbeddedId
        LeafletId id = new LeafletId();

        String label;

        @ManyToOne
        Tree tree;

        @ManyToOne
        Tree keyed;

        Leaflet() {}

        Leaflet(String label) {
            this.label = label;
            id.series = "s|" + System.nanoTime();
            id.number = 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Leaflet leaflet && leaflet.label.equals(label);
        }

        @Override
        public int hashCode() {
            return label.hashCode();
        }
    }

    @Entity(name = "Tree")
    static class Tree {
        @Id
        @GeneratedValue
        Long id;

        @OneToMany(mappedBy = "tree", cascade = CascadeType.ALL)
        @OrderBy("label")
        List<Leaflet> inverse = new ArrayList<>();

        @OneToMany(mappedBy = "keyed", cascade = CascadeType.ALL)
        @MapKey(name = "label")
        Map<String, Leaflet> byAttribute = new HashMap<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "owner_id")
        Set<Leaflet> owned = new HashSet<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "listing_id")
        @OrderColumn(name = "listing_at")
        List<Leaflet> listed = new ArrayList<>();

        @ManyToMany(cascade = CascadeType.ALL)
        @JoinTable(name = "many")
        Set<Leaflet> many = new HashSet<>();

        @ManyToMany(cascade = CascadeType.ALL)
        @JoinTable(name = "sorted_many")
        @SortComparator(ByLabel.class)
        SortedSet<Leaflet> sorted = new TreeSet<>(new ByLabel());

        @ManyToMany(cascade = CascadeType.ALL)
        @JoinTable(name = "by_entity")
        @MapKeyJoinColumns({
            @MapKeyJoinColumn(name = "key_series", referencedColumnName = "series"),
            @MapKeyJoinColumn(name = "key_number", referencedColumnName = "number")
        })
        Map<Leaflet, Leaflet> byEntity = new HashMap<>();

        @ElementCollection
        @MapKeyJoinColumns({
            @MapKeyJoinColumn(name = "key_series", referencedColumnName = "series"),
            @MapKeyJoinColumn(name = "key_number", referencedColumnName = "number")
        })
        Map<Leaflet, Integer> counts = new HashMap<>();

        @ManyToMany(cascade = CascadeType.ALL)
        @JoinTable(name = "friends")
        Set<Tree> friends = new HashSet<>();
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Leaflet.class, Tree.class};
    }

    @Override
    Stream<Line> lines() {
        return Line.of(Tree::new)
                .line("all empty", e -> {})
                .line("one-to-many, inverse", e -> {
                    e.inverse.addAll(List.of(new Leaflet("a"), new Leaflet("b")));
                    e.inverse.forEach(leaflet -> leaflet.tree = e);
                })
                .line("one-to-many, by attribute", e -> {
                    e.byAttribute.put("a", new Leaflet("a"));
                    e.byAttribute.values().forEach(leaflet -> leaflet.keyed = e);
                })
                .line("one-to-many", e -> e.owned.addAll(List.of(new Leaflet("a"), new Leaflet("b"))))
                .line("one-to-many, list", e -> e.listed.addAll(List.of(new Leaflet("b"), new Leaflet("a"))))
                .line("many-to-many", e -> e.many.addAll(List.of(new Leaflet("a"), new Leaflet("b"))))
                .line("many-to-many, sorted", e -> e.sorted.addAll(List.of(new Leaflet("b"), new Leaflet("a"))))
                .line("many-to-many, by entity", e -> {
                    Leaflet key = new Leaflet("key");
                    e.many.add(key);
                    e.byEntity.put(key, new Leaflet("value"));
                })
                .line("values by entity", e -> {
                    Leaflet key = new Leaflet("key");
                    e.many.add(key);
                    e.counts.put(key, 7);
                })
                .line("many-to-many, of itself", e -> e.friends.add(e))
                .stream();
    }
}
