package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.Hibernate;
import org.hibernate.proxy.HibernateProxy;

/** What is compared: entities, collections and scalars as texts. */
final class Texts {

    static final String NONE = "none";

    private Texts() {}

    /** An entity's class and values; what it refers to is told by its id. */
    static String state(Object entity) {
        if (entity == null) {
            return NONE;
        }
        Object real = Hibernate.unproxy(entity);
        Kind kind = Kind.of(real.getClass());
        StringBuilder text = new StringBuilder(kind.name());
        for (Attribute attribute : kind.attributes()) {
            if (!attribute.role().collection()) {
                text.append(' ').append(attribute.name()).append('=').append(element(attribute.get(real)));
            }
        }
        return text.toString();
    }

    /** An element's id or value. */
    static String element(Object element) {
        if (element instanceof HibernateProxy proxy) {
            return "#" + proxy.getHibernateLazyInitializer().getIdentifier();
        }
        if (element != null && Kind.isEntity(element.getClass())) {
            return "#" + Kind.of(element.getClass()).id(element);
        }
        return element instanceof Long ? element + "L" : String.valueOf(element);
    }

    static String elements(Object collection) {
        if (collection instanceof Map<?, ?> map) {
            Map<String, String> texts = new TreeMap<>();
            map.forEach((key, value) -> texts.put(element(key), element(value)));
            return texts.toString();
        }
        List<String> texts = new ArrayList<>();
        ((Collection<?>) collection).forEach(element -> texts.add(element(element)));
        if (!(collection instanceof List)) {
            texts.sort(null);
        }
        return texts.toString();
    }
}
