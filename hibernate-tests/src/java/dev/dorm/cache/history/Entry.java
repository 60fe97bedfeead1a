package dev.dorm.cache.history;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.NaturalId;

/** A row of the history check: whatever changes carries the number of the transaction that changed it. */
@MappedSuperclass
abstract class Entry {

    static final List<Class<? extends Entry>> CLASSES = List.of(Plain.class, Versioned.class);

    @Id
    long id;

    @NaturalId(mutable = true)
    int code;

    /** The transaction that last changed the row, and once more: a row that is not whole shows. */
    long number;

    long twin;

    /** An attribute that the mapping of some applications lacks: the last transaction of the others. */
    Long note;

    /** The transaction that last changed the collection, as often as it pleased. */
    @ElementCollection
    @OrderColumn
    List<Long> marks = new ArrayList<>();

    void write(long by) {
        number = by;
        twin = by;
    }

    void mark(long by, int times) {
        marks.clear();
        for (int i = 0; i < times; i++) {
            marks.add(by);
        }
    }
}
