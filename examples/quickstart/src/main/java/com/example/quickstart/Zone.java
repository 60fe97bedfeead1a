package com.example.quickstart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.ZoneOffset;

/** A time zone of the JDK. */
@Entity
@Cacheable
public class Zone {

    @Id
    private String id;

    /** What its time is called, as "India Standard Time" in Asia/Kolkata and in Asia/Colombo. */
    private String name;

    private ZoneOffset standardOffset;

    /** The country that its name names: the nearest to a relation of zones and countries that the JDK publishes. */
    @ManyToOne(fetch = FetchType.LAZY)
    private Country namedAfter;

    /** For Hibernate. */
    protected Zone() {}

    Zone(String id, String name, ZoneOffset standardOffset, Country namedAfter) {
        this.id = id;
        this.name = name;
        this.standardOffset = standardOffset;
        this.namedAfter = namedAfter;
    }

    public String getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public ZoneOffset getStandardOffset() {
        return standardOffset;
    }

    public Country getNamedAfter() {
        return namedAfter;
    }
}
