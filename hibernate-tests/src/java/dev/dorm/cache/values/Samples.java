package dev.dorm.cache.values;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.sql.Blob;
import java.sql.Clob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The application's classes whose values generated attributes have. */
public final class Samples {

    private Samples() {}

    /** A constant may have a class of its own. */
    public enum Color {
        RED,
        GREEN {
            @Override
            public boolean light() {
                return true;
            }
        };

        /** Overridden by a constant. */
        public boolean light() {
            return false;
        }
    }

    /** A record. */
    public record Point(int x, String label) implements Serializable {}

    /** A weight, of which stubborn types alone have values: a query's column of it has one type, then. */
    public record Weight(long grams) implements Serializable {}

    /** What nothing but its own serialization knows. */
    public static final class Opaque implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String text;

        Opaque(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Opaque opaque && opaque.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A collection of the application's own. */
    public static final class OwnList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
        /** What is more than elements. */
        public final String more = "more";

        OwnList(Collection<?> all) {
            super(all);
        }
    }

    /** An amount: immutable. */
    public static final class Amount implements Serializable {
        private static final long serialVersionUID = 1L;
        final long cents;
        final String currency;

        Amount(long cents, String currency) {
            this.cents = cents;
            this.currency = currency;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Amount that && that.cents == cents && that.currency.equals(currency);
        }

        @Override
        public int hashCode() {
            return Objects.hash(cents, currency);
        }

        @Override
        public String toString() {
            return cents + " " + currency;
        }
    }

    /** A label that can be changed. */
    public static final class Label implements Serializable {
        private static final long serialVersionUID = 1L;
        String text;

        Label(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Label that && Objects.equals(that.text, text);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(text);
        }

        @Override
        public String toString() {
            return "label " + text;
        }
    }

    /** What Jackson binds: a record. */
    public record Note(String text, long number, List<String> lines) implements Serializable {}

    /** What Jackson binds, as long as it knows of what class a part is. */
    public static class Tagged implements Serializable {
        private static final long serialVersionUID = 1L;
        public Object any;
        public Shape shape;
    }

    /** What has subclasses, of which Jackson is not told. */
    public static class Shape implements Serializable {
        private static final long serialVersionUID = 1L;
        public int corners = 3;
    }

    /** One of them. */
    public static class Square extends Shape {
        private static final long serialVersionUID = 1L;
    }

    /** What a query makes of its columns. */
    public record Made(Object value, String name) {}

    /** What references refer to. */
    @Entity(name = "Target")
    @Cacheable
    public static class Target {
        @Id
        long id;

        String name = "target";

        Target() {}

        Target(long id) {
            this.id = id;
        }

        @Override
        public String toString() {
            return "Target " + id;
        }
    }

    /** What gets its id from the database, when its owner is persisted. */
    @Entity(name = "Numbered")
    @Cacheable
    public static class Numbered {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name = "numbered";

        @Override
        public String toString() {
            return "Numbered";
        }
    }

    /** What Hibernate does not cache, other than as columns of query results. */
    @Entity(name = "Lobs")
    static class Lobs {
        @Id
        long id;

        Blob blob;
        Clob clob;

        Lobs() {}

        Lobs(long id, Blob blob, Clob clob) {
            this.id = id;
            this.blob = blob;
            this.clob = clob;
        }
    }
}
