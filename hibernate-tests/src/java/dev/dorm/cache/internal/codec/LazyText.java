package dev.dorm.cache.internal.codec;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import org.hibernate.annotations.LazyGroup;

/** An entity with lazy attributes, once {@link LazyAttributesIT} has enhanced it; nothing else may load this class. */
@Entity(name = "LazyText")
public class LazyText {

    @Id
    private Long id;

    private String title;

    @Basic(fetch = FetchType.LAZY)
    @Column(length = 100_000)
    private String text;

    @Basic(fetch = FetchType.LAZY)
    @LazyGroup("bytes")
    private byte[] bytes;

    LazyText() {}

    /** Creates a text of given id, and no bytes. */
    LazyText(Long id, String title, String text) {
        this.id = id;
        this.title = title;
        this.text = text;
    }

    String title() {
        return title;
    }

    void retitle(String to) {
        title = to;
    }

    String text() {
        return text;
    }

    byte[] bytes() {
        return bytes;
    }
}
