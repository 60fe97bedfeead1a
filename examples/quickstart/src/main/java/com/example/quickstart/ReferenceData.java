package com.example.quickstart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What every JDK knows of the world, as entities that refer to each other. */
final class ReferenceData {

    final Map<String, Currency> currencies = new TreeMap<>();
    final Map<String, Language> languages = new TreeMap<>();
    final Map<String, Country> countries = new TreeMap<>();
    final Map<String, LocaleTag> locales = new TreeMap<>();
    final Map<String, Zone> zones = new TreeMap<>();

    private final Instant now = Instant.now();

    ReferenceData() {
        java.util.Currency.getAvailableCurrencies().forEach(this::currency);
        Stream.of(Locale.getISOLanguages()).forEach(this::language);
        Stream.of(Locale.getISOCountries()).forEach(this::country);
        Stream.of(Locale.getAvailableLocales()).forEach(this::locale);
        ZoneId.getAvailableZoneIds().forEach(this::zone);
    }

    /** Returns all of them, each before those that refer to it. */
    Stream<Object> all() {
        return Stream.of(currencies, languages, countries, locales, zones)
                .map(Map::values)
                .flatMap(Collection::stream);
    }

    private void currency(java.util.Currency known) {
        Currency currency = new Currency(
                known.getCurrencyCode(),
                known.getDisplayName(Locale.ENGLISH),
                known.getNumericCode(),
                known.getDefaultFractionDigits());
        currencies.put(currency.getCode(), currency);
    }

    private Language language(String code) {
        Locale known = new Locale.Builder().setLanguage(code).build();
        return languages.computeIfAbsent(
                known.getLanguage(), current -> new Language(current, known.getDisplayLanguage(Locale.ENGLISH)));
    }

    private void country(String code) {
        Locale known = new Locale.Builder().setRegion(code).build();
        String name = known.getDisplayCountry(Locale.ENGLISH);
        countries.put(code, new Country(code, known.getISO3Country(), name, currencyOf(known)));
    }

    private Currency currencyOf(Locale known) {
        java.util.Currency currency = java.util.Currency.getInstance(known);
        return currency == null ? null : currencies.get(currency.getCurrencyCode());
    }

    private void locale(Locale known) {
        if (known.getLanguage().isEmpty()) {
            return;
        }
        Language language = language(known.getLanguage());
        String tag = known.toLanguageTag();
        locales.put(tag, new LocaleTag(tag, known.getDisplayName(Locale.ENGLISH), language));
        Country country = countries.get(known.getCountry());
        if (country != null) {
            country.add(language, known.getDisplayCountry(known));
        }
    }

    private void zone(String id) {
        TimeZone known = TimeZone.getTimeZone(id);
        String name = known.getDisplayName(Locale.ENGLISH);
        Country namedAfter = countries.values().stream()
                .filter(country -> name.startsWith(country.getName() + " "))
                .findFirst()
                .orElse(null);
        zones.put(id, new Zone(id, name, ZoneId.of(id).getRules().getStandardOffset(now), namedAfter));
    }
}
