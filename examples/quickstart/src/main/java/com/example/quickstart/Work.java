package com.example.quickstart;

import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.hibernate.KeyType;
import org.hibernate.Session;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.query.Query;

/**
 * Many requests of one kind. Each is answered in a session of its own, so that nothing but the second-level cache can
 * remember what was read.
 *
 * @param name what is asked for
 * @param keys for which keys
 * @param page what the answer to one request says
 */
record Work<K>(String name, Collection<K> keys, BiFunction<EntityManager, K, String> page) {

    /** Returns what an ordinary day brings. */
    static List<Work<?>> of(ReferenceData data) {
        List<String> alpha3 = data.countries.values().stream()
                .map(country -> country.getAlpha3())
                .toList();
        List<String> letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                .chars()
                .mapToObj(Character::toString)
                .toList();
        Collection<ZoneOffset> offsets = data.zones.values().stream()
                .map(zone -> zone.getStandardOffset())
                .sorted()
                .distinct()
                .toList();
        return List.of(
                new Work<>("country pages", data.countries.keySet(), Work::country),
                new Work<>("language pages", data.languages.keySet(), Work::language),
                new Work<>("look-ups by natural id", alpha3, Work::lookUp),
                new Work<>("searches for countries", letters, Work::search),
                new Work<>("lists of time zones", offsets, Work::zones));
    }

    /** Answers all requests, and returns all that they said. */
    String on(Application application) {
        return keys.stream()
                .map(key -> application.request(session -> page.apply(session, key)))
                .collect(Collectors.joining("\n"));
    }

    /** An entity, what it refers to, three collections, and a list that stands on every page. */
    private static String country(EntityManager session, String code) {
        Country country = session.find(Country.class, code);
        return "%s %s %s %s %s %s"
                .formatted(
                        country.getName(),
                        country.getCurrency() == null
                                ? "-"
                                : country.getCurrency().getName(),
                        country.getLanguages().stream()
                                .map(language -> language.getName())
                                .toList(),
                        country.getOwnNames(),
                        country.getZones().stream().map(zone -> zone.getId()).toList(),
                        widespreadCurrencies(session));
    }

    /** A cached query whose result lives for a minute, by a hint alone. */
    private static List<Object[]> hotList(EntityManager session) {
        return session.createQuery(
                        """
                        select c.currency.code, count(*) from Country c
                        group by c.currency.code order by count(*) desc, c.currency.code
                        """,
                        Object[].class)
                .setMaxResults(3)
                .setHint(HibernateHints.HINT_CACHEABLE, true)
                .setHint(HibernateHints.HINT_CACHE_REGION, "hot-list@60s")
                .getResultList();
    }

    static String widespreadCurrencies(EntityManager session) {
        return hotList(session).stream().map(row -> row[0] + " " + row[1]).collect(Collectors.joining(", "));
    }

    private static String language(EntityManager session, String code) {
        Language language = session.find(Language.class, code);
        return "%s %s %s"
                .formatted(
                        language.getName(),
                        language.getCountries().stream()
                                .map(country -> country.getName())
                                .toList(),
                        language.getLocales().stream()
                                .map(locale -> locale.getName())
                                .toList());
    }

    private static String lookUp(EntityManager session, String alpha3) {
        return session.unwrap(Session.class)
                .find(Country.class, alpha3, KeyType.NATURAL)
                .getName();
    }

    /** A cached query for entities. */
    private static String search(EntityManager session, String letter) {
        return session
                .createQuery("from Country where name like :start order by name", Country.class)
                .setParameter("start", letter + "%")
                .setHint(HibernateHints.HINT_CACHEABLE, true)
                .getResultList()
                .stream()
                .map(country -> country.getName())
                .collect(Collectors.joining(" "));
    }

    /** A cached query with a time to live of its own, from Java. */
    private static String zones(EntityManager session, ZoneOffset offset) {
        Query<Zone> query = session.unwrap(Session.class)
                .createQuery("from Zone where standardOffset = :offset order by id", Zone.class)
                .setParameter("offset", offset);
        return DormCache.cache(query, Duration.ofHours(1)).list().stream()
                .map(zone -> zone.getId())
                .collect(Collectors.joining(" "));
    }
}
