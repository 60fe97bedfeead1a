package com.example.quarkus;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row that is read often and changed seldom. */
@Entity
@Cacheable
public class Product {

    @Id
    public Long id;

    public String name;

    public int price;
}
