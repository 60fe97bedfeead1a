package dev.dorm.cache.internal.codec;

import java.io.Serializable;

/** What something costs; Hibernate knows nothing of it but that it is serializable. */
final class Price implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int amount;
    private final String currency;

    Price(int amount, String currency) {
        this.amount = amount;
        this.currency = currency;
    }

    static Price of(String text) {
        String[] parts = text.split(" ", 2);
        return new Price(Integer.parseInt(parts[0]), parts[1]);
    }

    int amount() {
        return amount;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Price price && price.amount == amount && price.currency.equals(currency);
    }

    @Override
    public int hashCode() {
        return amount;
    }

    @Override
    public String toString() {
        return amount + " " + currency;
    }
}
