package dev.dorm.cache.testing;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A second entity, without relations: what is written of it must not touch what is cached of others. */
@Entity(name = "Book")
@Cacheable
public class Book {

    @Id
    private long id;

    private String title;

    Book() {}

    /**
     * Creates a book.
     *
     * @param id its id
     * @param title its title
     */
    public Book(long id, String title) {
        this.id = id;
        this.title = title;
    }

    /**
     * Returns the title.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * Changes the title.
     *
     * @param to the new one
     */
    public void retitle(String to) {
        title = to;
    }
}
