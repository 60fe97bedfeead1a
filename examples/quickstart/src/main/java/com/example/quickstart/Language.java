package com.example.quickstart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A language of ISO 639. */
@Entity
@Cacheable
public class Language {

    @Id
    private String code;

    private String name;

    @ManyToMany(mappedBy = "languages")
    @OrderBy("code")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Country> countries = new LinkedHashSet<>();

    @OneToMany(mappedBy = "language")
    @OrderBy("tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<LocaleTag> locales = new LinkedHashSet<>();

    /** For Hibernate. */
    protected Language() {}

    Language(String code, String name) {
        this.code = code;
        this.name = name;
    }

    public String getCode() {
        return code;
    }

    public String getName() {
        return name;
    }

    public Set<Country> getCountries() {
        return countries;
    }

    public Set<LocaleTag> getLocales() {
        return locales;
    }
}
