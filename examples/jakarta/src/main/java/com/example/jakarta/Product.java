package com.example.jakarta;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row that is read often and changed seldom. */
@Entity
@Cacheable
public class Product {

    @Id
    private long id;

    private String name;

    private int price;

    protected Product() {}

    Product(long id) {
        this.id = id;
    }

    void change(String newName, int newPrice) {
        name = newName;
        price = newPrice;
    }

    @Override
    public String toString() {
        return name + " " + price;
    }
}
