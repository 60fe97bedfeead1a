package com.example.quickstart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** A locale of the JDK, such as {@code de-AT}. */
@Entity
@Cacheable
public class LocaleTag {

    @Id
    private String tag;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Language language;

    /** For Hibernate. */
    protected LocaleTag() {}

    LocaleTag(String tag, String name, Language language) {
        this.tag = tag;
        this.name = name;
        this.language = language;
    }

    public String getTag() {
        return tag;
    }

    public String getName() {
        return name;
    }

    public Language getLanguage() {
        return language;
    }
}
