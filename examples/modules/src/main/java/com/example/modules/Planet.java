package com.example.modules;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row that is read often and never changes. */
@Entity
@Cacheable
public class Planet {

    @Id
    private String name;

    private int moons;

    /** For Hibernate. */
    protected Planet() {}

    Planet(String name, int moons) {
        this.name = name;
        this.moons = moons;
    }

    public String getName() {
        return name;
    }

    public int getMoons() {
        return moons;
    }
}
