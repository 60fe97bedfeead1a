package dev.dorm.cache.testing;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** An entity with a natural id that may change, and a collection; settings say how it is cached. */
@Entity(name = "Item")
@Cacheable
@NaturalIdCache
public class Item {

    @Id
    private long id;

    @NaturalId(mutable = true)
    private String code;

    private String name;

    @ElementCollection
    private List<String> tags = new ArrayList<>();

    Item() {}

    /**
     * Creates an item.
     *
     * @param id its id
     * @param code its natural id
     * @param name its name
     * @param tags its collection
     */
    public Item(long id, String code, String name, String... tags) {
        this.id = id;
        this.code = code;
        this.name = name;
        this.tags.addAll(List.of(tags));
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Changes the name.
     *
     * @param to the new one
     */
    public void rename(String to) {
        name = to;
    }

    /**
     * Changes the natural id.
     *
     * @param to the new one
     */
    public void recode(String to) {
        code = to;
    }

    /**
     * Returns the collection.
     *
     * @return the tags
     */
    public List<String> tags() {
        return tags;
    }
}
