package com.example.tenants;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.TenantId;

/** A row of a table that tenants share. */
@Entity
@Cacheable
public class Offer {

    @Id
    private long id;

    @TenantId
    private String tenant;

    protected Offer() {}

    public Offer(long id) {
        this.id = id;
    }

    public String getTenant() {
        return tenant;
    }
}
