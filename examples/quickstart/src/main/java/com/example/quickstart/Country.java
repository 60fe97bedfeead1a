package com.example.quickstart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.SortNatural;

/** A country of ISO 3166. */
@Entity
@Cacheable
@NaturalIdCache
public class Country {

    /** The code of two letters. */
    @Id
    private String code;

    /** The code of three letters. */
    @NaturalId
    private String alpha3;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    private Currency currency;

    @ManyToMany
    @OrderBy("code")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Language> languages = new LinkedHashSet<>();

    /** Its name in its own languages. */
    @ElementCollection
    @SortNatural
    @MapKeyColumn(name = "language_code")
    @Column(name = "name")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private SortedMap<String, String> ownNames = new TreeMap<>();

    /** The zones whose time is named after it. */
    @OneToMany(mappedBy = "namedAfter")
    @OrderBy("id")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Zone> zones = new LinkedHashSet<>();

    /** For Hibernate. */
    protected Country() {}

    Country(String code, String alpha3, String name, Currency currency) {
        this.code = code;
        this.alpha3 = alpha3;
        this.name = name;
        this.currency = currency;
    }

    public String getCode() {
        return code;
    }

    public String getAlpha3() {
        return alpha3;
    }

    public String getName() {
        return name;
    }

    public Currency getCurrency() {
        return currency;
    }

    public Set<Language> getLanguages() {
        return languages;
    }

    public SortedMap<String, String> getOwnNames() {
        return ownNames;
    }

    public Set<Zone> getZones() {
        return zones;
    }

    public void setCurrency(Currency currency) {
        this.currency = currency;
    }

    void add(Language language, String ownName) {
        languages.add(language);
        ownNames.put(language.getCode(), ownName);
    }
}
