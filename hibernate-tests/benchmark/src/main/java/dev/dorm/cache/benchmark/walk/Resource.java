package dev.dorm.cache.benchmark.walk;

import dev.dorm.cache.benchmark.walk.Domain.Identified;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the application serves below a path.
 *
 * @param path its name in the URL
 * @param type the entity
 * @param cached whether the list of all is a cached query
 * @param eager what the eager list fetches, by join
 * @param members collections of one entity, by their names in the URL
 */
record Resource<T extends Identified>(
        String path,
        Class<T> type,
        boolean cached,
        List<String> eager,
        Map<String, Function<T, Collection<?>>> members) {

    /** All of them. */
    static final List<Resource<?>> ALL = List.of(
            cached("authorities", Domain.Authority.class),
            cached("countries", Domain.Country.class),
            new Resource<>(
                    "departments",
                    Domain.Department.class,
                    true,
                    List.of(),
                    Map.of("employees", department -> department.employees)),
            new Resource<>(
                    "users",
                    Domain.User.class,
                    false,
                    List.of("authorities"),
                    Map.of("authorities", user -> user.authorities)),
            cached("tags", Domain.Tag.class),
            cached("labels", Domain.Label.class),
            plain("addresses", Domain.Address.class, "country"),
            plain("employees", Domain.Employee.class, "department", "address"),
            new Resource<>("blogs", Domain.Blog.class, false, List.of("user"), Map.of("posts", blog -> blog.posts)),
            new Resource<>(
                    "posts", Domain.Post.class, false, List.of("tags", "blog"), Map.of("tags", post -> post.tags)),
            new Resource<>(
                    "bank-accounts",
                    Domain.BankAccount.class,
                    false,
                    List.of("user"),
                    Map.of("operations", account -> account.operations)),
            new Resource<>(
                    "operations",
                    Domain.Operation.class,
                    false,
                    List.of("labels", "bankAccount"),
                    Map.of("labels", operation -> operation.labels)),
            cached("products", Domain.Product.class),
            new Resource<>(
                    "orders",
                    Domain.PurchaseOrder.class,
                    false,
                    List.of("customer"),
                    Map.of("lines", order -> order.lines)),
            plain("order-lines", Domain.OrderLine.class, "purchaseOrder", "product"));

    private static <T extends Identified> Resource<T> cached(String path, Class<T> type) {
        return new Resource<>(path, type, true, List.of(), Map.of());
    }

    private static <T extends Identified> Resource<T> plain(String path, Class<T> type, String... eager) {
        return new Resource<>(path, type, false, List.of(eager), Map.of());
    }

    Object id(String text) {
        return type == Domain.Authority.class ? text : (Object) Long.valueOf(text);
    }

    String all() {
        return "select e from " + type.getName() + " e";
    }

    String page() {
        return all() + " order by e.id";
    }

    String count() {
        return "select count(e) from " + type.getName() + " e";
    }

    String allEagerly() {
        StringBuilder query = new StringBuilder(all());
        eager.forEach(name -> query.append(" left join fetch e.").append(name));
        return query.toString();
    }
}
