package dev.dorm.cache.internal.codec;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.SortNatural;
import org.hibernate.type.SqlTypes;

/** One attribute of every kind that Hibernate maps. */
final class Everything {

    private Everything() {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    /** A domain class that nobody can encode. */
    record Money(BigDecimal amount, String currency) implements Serializable {}

    static final class MoneyConverter implements AttributeConverter<Money, String> {
        @Override
        public String convertToDatabaseColumn(Money money) {
            return money == null ? null : money.amount() + " " + money.currency();
        }

        @Override
        public Money convertToEntityAttribute(String text) {
            return text == null ? null : new Money(new BigDecimal(text.split(" ")[0]), text.split(" ")[1]);
        }
    }

    static final class YesNo implements AttributeConverter<Boolean, String> {
        @Override
        public String convertToDatabaseColumn(Boolean flag) {
            return flag == null ? null : flag ? "yes" : "no";
        }

        @Override
        public Boolean convertToEntityAttribute(String text) {
            return text == null ? null : text.equals("yes");
        }
    }

    public static final class Allowed implements Serializable {
        public String name;
        public int count;

        @Override
        public boolean equals(Object other) {
            return other instanceof Allowed allowed && allowed.name.equals(name) && allowed.count == count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }

    public static final class Document implements Serializable {
        public String title;
        public List<String> tags = new ArrayList<>();

        @Override
        public boolean equals(Object other) {
            return other instanceof Document document && document.title.equals(title) && document.tags.equals(tags);
        }

        @Override
        public int hashCode() {
            return title.hashCode();
        }
    }

    @Embeddable
    static class City {
        String name;
        Integer zip;
    }

    @Embeddable
    static class Address {
        String street;

        @Embedded
        City city;
    }

    @Embeddable
    static class PartId implements Serializable {
        String series;
        Long number;

        PartId() {}

        PartId(String series, Long number) {
            this.series = series;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PartId id && id.series.equals(series) && id.number.equals(number);
        }

        @Override
        public int hashCode() {
            return number.hashCode();
        }
    }

    @Entity(name = "Part")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    @NaturalIdCache
    static class Part {
        @EmbeddedId
        PartId id;

        @NaturalId
        String code;

        @NaturalId
        Integer edition;

        String label;

        @ManyToOne
        @JoinColumn(name = "holder_id")
        Holder holder;
    }

    @Entity(name = "SpecialPart")
    static class SpecialPart extends Part {
        LocalDate since;
    }

    @Entity(name = "Holder")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Holder {
        @Id
        UUID id;

        @Version
        Instant version;

        String string;
        boolean primitive;
        Boolean bool;

        @Convert(converter = YesNo.class)
        Boolean yesNo;

        Byte octet;
        Short small;
        Integer integer;
        Long big;
        Float single;
        Double twice;
        Character letter;
        BigDecimal decimal;
        BigInteger bigInteger;
        byte[] bytes;
        char[] chars;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        Byte[] boxedBytes;

        Character[] boxedChars;
        int[] ints;
        Long[] longs;
        String[] strings;
        Color color;

        @Enumerated(EnumType.STRING)
        @Column(length = 20)
        Color named;

        Color[] colors;
        UUID uuid;
        LocalDate wallDate;
        LocalTime clockTime;
        LocalDateTime wallDateTime;
        Instant instant;
        OffsetDateTime offsetDateTime;
        OffsetTime offsetTime;
        ZonedDateTime zonedDateTime;
        Duration duration;

        @Column(name = "a_year")
        Year year;

        Date date;
        java.sql.Date sqlDate;
        java.sql.Time sqlTime;
        java.sql.Timestamp timestamp;
        Calendar calendar;
        Currency currency;
        Locale locale;
        TimeZone timeZone;
        ZoneId zoneId;
        ZoneOffset zoneOffset;
        URL url;
        Class<?> type;

        @JdbcTypeCode(SqlTypes.VARBINARY)
        InetAddress inet;

        @JdbcTypeCode(SqlTypes.JSON)
        Document document;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> json;

        List<String> plural;

        @Convert(converter = MoneyConverter.class)
        Money money;

        Allowed allowed;
        Address address;

        @Any
        @AnyKeyJavaClass(UUID.class)
        @AnyDiscriminator
        @AnyDiscriminatorValue(discriminator = "H", entity = Holder.class)
        @JoinColumn(name = "any_id")
        @Column(name = "any_type")
        Object any;

        @ManyToOne
        Part part;

        @OneToMany(mappedBy = "holder", cascade = CascadeType.ALL)
        @OrderBy("label")
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<Part> parts = new ArrayList<>();

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        Set<Color> colorSet = new LinkedHashSet<>();

        @ElementCollection
        @SortNatural
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        SortedSet<String> sorted = new TreeSet<>();

        @ElementCollection
        @OrderColumn
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<Address> addresses = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "holder_map")
        @MapKeyColumn(name = "map_key")
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        Map<LocalDate, BigDecimal> prices = new HashMap<>();
    }
}
