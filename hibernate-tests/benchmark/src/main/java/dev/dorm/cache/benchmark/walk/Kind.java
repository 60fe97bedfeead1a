package dev.dorm.cache.benchmark.walk;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the walker knows of a resource.
 *
 * @param path its name in the URL
 * @param attributes plain ones, and of which type
 * @param references attributes that refer to one of another resource, by its path
 * @param sets attributes that refer to several
 * @param members collections that are served by themselves, and which reference of which resource they are
 * @param versioned whether it has a version
 */
record Kind(
        String path,
        Map<String, Type> attributes,
        Map<String, String> references,
        Map<String, String> sets,
        Map<String, Member> members,
        boolean versioned) {

    /** The types of plain attributes. */
    enum Type {
        TEXT,
        AMOUNT,
        NUMBER,
        FLAG,
        DATE,
        MOMENT;

        /** Returns a value that tells its row and its revision. */
        Object value(String attribute, int row, int revision) {
            int number = 100 * row + revision;
            return switch (this) {
                case TEXT -> "The " + attribute + " of " + row + ", as it was written the " + revision + ". time";
                case AMOUNT -> BigDecimal.valueOf(10L * number + 1, 2);
                case NUMBER -> number;
                case FLAG -> number % 2 == 0;
                case DATE -> LocalDate.of(2024, 1, 1).plusDays(number).toString();
                case MOMENT ->
                    Instant.parse("2026-01-01T00:00:00.123Z")
                            .plus(number, ChronoUnit.MINUTES)
                            .toString();
            };
        }
    }

    /**
     * Where a collection comes from.
     *
     * @param path whose elements it has
     * @param reference by which attribute they refer to its owner
     */
    record Member(String path, String reference) {}

    /** All of them; what one refers to stands before it. */
    static final List<Kind> ALL = List.of(
            kind("authorities").texts("description"),
            kind("countries").texts("name", "code"),
            kind("departments").texts("name").member("employees", "employees", "department"),
            kind("users")
                    .texts("login", "firstName", "lastName", "email")
                    .with("activated", Type.FLAG)
                    .with("createdDate", Type.MOMENT)
                    .set("authorities", "authorities"),
            kind("tags").texts("name"),
            kind("labels").texts("label"),
            kind("addresses").texts("street", "postalCode", "city").reference("country", "countries"),
            kind("employees")
                    .texts("firstName", "lastName")
                    .with("hired", Type.DATE)
                    .with("salary", Type.AMOUNT)
                    .reference("department", "departments")
                    .reference("address", "addresses")
                    .withVersion(),
            kind("blogs").texts("name", "handle").reference("user", "users").member("posts", "posts", "blog"),
            kind("posts")
                    .texts("title", "content")
                    .with("date", Type.MOMENT)
                    .reference("blog", "blogs")
                    .set("tags", "tags"),
            kind("bank-accounts")
                    .texts("name")
                    .with("balance", Type.AMOUNT)
                    .reference("user", "users")
                    .member("operations", "operations", "bankAccount")
                    .withVersion(),
            kind("operations")
                    .texts("description")
                    .with("date", Type.MOMENT)
                    .with("amount", Type.AMOUNT)
                    .reference("bankAccount", "bank-accounts")
                    .set("labels", "labels"),
            kind("products")
                    .texts("name", "description")
                    .with("price", Type.AMOUNT)
                    .with("stock", Type.NUMBER)
                    .withVersion(),
            kind("orders")
                    .texts("number")
                    .with("placed", Type.MOMENT)
                    .with("paid", Type.FLAG)
                    .reference("customer", "users")
                    .member("lines", "order-lines", "purchaseOrder")
                    .withVersion(),
            kind("order-lines")
                    .with("quantity", Type.NUMBER)
                    .with("price", Type.AMOUNT)
                    .reference("purchaseOrder", "orders")
                    .reference("product", "products"));

    private static Kind kind(String path) {
        return new Kind(path, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), false);
    }

    private Kind texts(String... names) {
        for (String name : names) {
            with(name, Type.TEXT);
        }
        return this;
    }

    private Kind with(String name, Type type) {
        attributes.put(name, type);
        return this;
    }

    private Kind reference(String name, String to) {
        references.put(name, to);
        return this;
    }

    private Kind set(String name, String to) {
        sets.put(name, to);
        return this;
    }

    private Kind member(String name, String of, String by) {
        members.put(name, new Member(of, by));
        return this;
    }

    private Kind withVersion() {
        return new Kind(path, attributes, references, sets, members, true);
    }

    /** Returns whether its ids are given by the client. */
    boolean named() {
        return path.equals("authorities");
    }

    /** Returns the path of all of them. */
    String url() {
        return "/api/" + path;
    }
}
