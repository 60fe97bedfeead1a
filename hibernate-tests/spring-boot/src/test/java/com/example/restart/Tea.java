package com.example.restart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

/** It has a value whose class each restart loads anew. */
@Entity
@Cacheable
class Tea {

    enum Kind {
        GREEN,
        BLACK
    }

    @Id
    private long id;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    Tea() {}

    Tea(long id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
