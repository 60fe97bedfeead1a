package com.example.shop;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/** An order of one product. It is not called so because the word is SQL's. */
@Entity
@Cacheable
@Table(name = "shop_purchase")
public class Purchase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Product product;

    private String customer;

    private int quantity;

    private String writtenBy;

    private Instant writtenAt;

    protected Purchase() {}

    Purchase(Product product, String customer, int quantity, String writtenBy) {
        this.product = product;
        this.customer = customer;
        this.quantity = quantity;
        this.writtenBy = writtenBy;
        this.writtenAt = Instant.now();
    }

    public Long getId() {
        return id;
    }

    public Product getProduct() {
        return product;
    }

    public String getCustomer() {
        return customer;
    }

    public int getQuantity() {
        return quantity;
    }

    public String getWrittenBy() {
        return writtenBy;
    }

    public Instant getWrittenAt() {
        return writtenAt;
    }
}
