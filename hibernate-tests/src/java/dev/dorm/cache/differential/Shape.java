package dev.dorm.cache.differential;

/** What a query asks for. */
enum Shape {
    ROWS("from %s e order by e.id"),
    COUNT("select count(*) from %s e"),
    NAMES("select e.name from %s e order by e.id"),
    VERSIONS("select e.version from %s e order by e.id"),
    PAIRS("select e.id, e.name from %s e order by e.id"),
    ONE("from %s e where e.id = 1"),
    NAMED("from %s e where e.name like 'v%%' order by e.id"),
    PARAMETER("from %s e where e.id = :id"),
    MAXIMUM("select max(e.name), count(e) from %s e"),
    PAIR("select e, f from %1$s e, %1$s f where e.id = f.id order by e.id"),
    /** In an order that leaves nothing open, since pages are taken of it. */
    JOINED("select e.id, c from %s e join e.%s c order by e.id, c"),
    SIZES("select e.id, size(e.%2$s) from %1$s e order by e.id"),
    NUMBER("select 1000000 from %s e"),
    LONG("select 1000000L from %s e"),
    /** With the elements of its first collection. */
    FETCH("select distinct e from %s e left join fetch e.%s order by e.id"),
    /** A text of its own for pages: Hibernate 7.4 would take the whole result's plan for them, also without a cache. */
    FETCH_PAGE("select distinct e from %s e left join fetch e.%s where e.id > 0 order by e.id"),
    NATIVE_NAMES("select name from %s order by id"),
    NATIVE_ROWS("select * from %s order by id");

    private final String text;

    Shape(String text) {
        this.text = text;
    }

    boolean isNative() {
        return this == NATIVE_NAMES || this == NATIVE_ROWS;
    }

    boolean fetches() {
        return this == FETCH || this == FETCH_PAGE;
    }

    private boolean ofCollection() {
        return fetches() || this == JOINED || this == SIZES;
    }

    boolean fits(Kind kind) {
        return switch (this) {
            case FETCH, FETCH_PAGE, JOINED, SIZES ->
                !kind.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE).isEmpty();
            case VERSIONS -> kind.versioned();
            case NATIVE_NAMES, NATIVE_ROWS ->
                kind == kind.root()
                        && kind.attributes().stream()
                                .allMatch(a -> a.secondaryTable().isEmpty())
                        && !kind.type().isAnnotationPresent(jakarta.persistence.Inheritance.class)
                        && !kind.type().isAnnotationPresent(org.hibernate.annotations.SoftDelete.class)
                        && kind.attributes().stream()
                                .noneMatch(a -> a.field().isAnnotationPresent(org.hibernate.annotations.Formula.class));
            default -> true;
        };
    }

    String of(Kind kind) {
        if (ofCollection()) {
            return text.formatted(
                    kind.name(),
                    kind.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE)
                            .get(0)
                            .name());
        }
        return text.formatted(isNative() ? kind.table(kind.attribute("name")) : kind.name());
    }
}
