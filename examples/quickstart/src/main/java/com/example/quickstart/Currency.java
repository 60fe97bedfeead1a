package com.example.quickstart;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A currency of ISO 4217. */
@Entity
@Cacheable
public class Currency {

    @Id
    private String code;

    private String name;

    private int numericCode;

    /** Digits behind the point: 2 for the euro, 0 for the yen; -1 for what is not counted in such, as gold. */
    private int fractionDigits;

    /** For Hibernate. */
    protected Currency() {}

    Currency(String code, String name, int numericCode, int fractionDigits) {
        this.code = code;
        this.name = name;
        this.numericCode = numericCode;
        this.fractionDigits = fractionDigits;
    }

    public String getCode() {
        return code;
    }

    public String getName() {
        return name;
    }

    public int getNumericCode() {
        return numericCode;
    }

    public int getFractionDigits() {
        return fractionDigits;
    }
}
