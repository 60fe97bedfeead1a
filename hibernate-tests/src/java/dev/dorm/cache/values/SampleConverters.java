package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Amount;
import dev.dorm.cache.values.Samples.Label;
import dev.dorm.cache.values.Samples.Point;
import jakarta.persistence.AttributeConverter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** Converters of every kind: of classes that can be changed, of such as cannot, and declared so or not. */
public final class SampleConverters {

    private SampleConverters() {}

    private static String text(Amount amount) {
        return amount == null ? null : amount.cents + " " + amount.currency;
    }

    private static Amount amount(String text) {
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        return new Amount(Long.parseLong(text.substring(0, blank)), text.substring(blank + 1));
    }

    /** Of an immutable class, and says nothing of it. */
    public static final class Amounts implements AttributeConverter<Amount, String> {
        @Override
        public String convertToDatabaseColumn(Amount amount) {
            return text(amount);
        }

        @Override
        public Amount convertToEntityAttribute(String text) {
            return amount(text);
        }
    }

    /** Says that what it gives cannot be changed. */
    @Immutable
    public static final class ImmutableAmounts implements AttributeConverter<Amount, String> {
        @Override
        public String convertToDatabaseColumn(Amount amount) {
            return text(amount);
        }

        @Override
        public Amount convertToEntityAttribute(String text) {
            return amount(text);
        }
    }

    /** Another way to store the same class, in dollars. */
    @Immutable
    public static final class Dollars implements AttributeConverter<Amount, Long> {
        @Override
        public Long convertToDatabaseColumn(Amount amount) {
            return amount == null ? null : amount.cents;
        }

        @Override
        public Amount convertToEntityAttribute(Long cents) {
            return cents == null ? null : new Amount(cents, "USD");
        }
    }

    /** Of a class that can be changed. */
    public static final class Labels implements AttributeConverter<Label, String> {
        @Override
        public String convertToDatabaseColumn(Label label) {
            return label == null ? null : label.text;
        }

        @Override
        public Label convertToEntityAttribute(String text) {
            return text == null ? null : new Label(text);
        }
    }

    /** To bytes. */
    public static final class Points implements AttributeConverter<Point, byte[]> {
        @Override
        public byte[] convertToDatabaseColumn(Point point) {
            return point == null ? null : (point.x() + "|" + point.label()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Point convertToEntityAttribute(byte[] bytes) {
            if (bytes == null) {
                return null;
            }
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|", 2);
            return new Point(Integer.parseInt(parts[0]), parts[1]);
        }
    }

    /** Of a list. */
    public static final class Lines implements AttributeConverter<List<String>, String> {
        @Override
        public String convertToDatabaseColumn(List<String> lines) {
            return lines == null ? null : String.join("|", lines);
        }

        @Override
        public List<String> convertToEntityAttribute(String text) {
            return text == null ? null : new ArrayList<>(List.of(text.split("\\|", -1)));
        }
    }
}
