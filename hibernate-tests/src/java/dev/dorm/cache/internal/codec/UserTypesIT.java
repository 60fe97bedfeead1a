package dev.dorm.cache.internal.codec;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.annotations.CompositeType;
import org.hibernate.annotations.Type;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.spi.ValueAccess;
import org.hibernate.usertype.CompositeUserType;
import org.hibernate.usertype.UserType;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that the application defines. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class UserTypesIT extends CodecLines {

    /** A mutable class that is disassembled to text. */
    static final class BitsType implements UserType<BitSet> {
        @Override
        public int getSqlType() {
            return Types.VARCHAR;
        }

        @Override
        public Class<BitSet> returnedClass() {
            return BitSet.class;
        }

        @Override
        public boolean equals(BitSet one, BitSet other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(BitSet bits) {
            return bits.hashCode();
        }

        @Override
        @SuppressWarnings("deprecation")
        public BitSet nullSafeGet(ResultSet rows, int at, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            return parse(rows.getString(at));
        }

        private static BitSet parse(String text) {
            return text == null ? null : BitSet.valueOf(new long[] {Long.parseLong(text, 2)});
        }

        private static String print(BitSet bits) {
            return bits == null ? null : Long.toBinaryString(bits.isEmpty() ? 0 : bits.toLongArray()[0]);
        }

        @Override
        public void nullSafeSet(PreparedStatement sql, BitSet bits, int at, SharedSessionContractImplementor session)
                throws SQLException {
            sql.setString(at, print(bits));
        }

        @Override
        public BitSet deepCopy(BitSet bits) {
            return bits == null ? null : (BitSet) bits.clone();
        }

        @Override
        public boolean isMutable() {
            return true;
        }

        @Override
        public Serializable disassemble(BitSet bits) {
            return print(bits);
        }

        @Override
        public BitSet assemble(Serializable cached, Object owner) {
            return parse((String) cached);
        }
    }

    record Amount(BigDecimal value, String currency) implements Serializable {}

    /** How Hibernate sees an amount. */
    public static final class AmountParts {
        BigDecimal value;
        String currency;
    }

    /** Two columns that are disassembled to a tuple. */
    static final class AmountType implements CompositeUserType<Amount> {
        @Override
        public Object getPropertyValue(Amount amount, int property) {
            // In the alphabetical order of the properties.
            return property == 0 ? amount.currency() : amount.value();
        }

        @Override
        @SuppressWarnings("deprecation")
        public Amount instantiate(ValueAccess values, SessionFactoryImplementor factory) {
            return (Amount) instantiate(values);
        }

        // The method of Hibernate 7, which 6.6 does not know: erased, since the compiler makes no bridge for it.
        public Object instantiate(ValueAccess values) {
            return new Amount(values.getValue(1, BigDecimal.class), values.getValue(0, String.class));
        }

        @Override
        public Class<?> embeddable() {
            return AmountParts.class;
        }

        @Override
        public Class<Amount> returnedClass() {
            return Amount.class;
        }

        @Override
        public boolean equals(Amount one, Amount other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(Amount amount) {
            return Objects.hashCode(amount);
        }

        @Override
        public Amount deepCopy(Amount amount) {
            return amount;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(Amount amount) {
            return amount == null ? null : new Object[] {amount.value(), amount.currency()};
        }

        @Override
        public Amount assemble(Serializable cached, Object owner) {
            return cached == null
                    ? null
                    : new Amount((BigDecimal) ((Object[]) cached)[0], (String) ((Object[]) cached)[1]);
        }

        @Override
        public Amount replace(Amount detached, Amount managed, Object owner) {
            return detached;
        }
    }

    @Entity(name = "Typed")
    static class Typed {
        @Id
        @GeneratedValue
        Long id;

        @Type(BitsType.class)
        BitSet bits;

        @CompositeType(AmountType.class)
        @AttributeOverride(name = "value", column = @Column(name = "the_value"))
        @AttributeOverride(name = "currency", column = @Column(name = "the_currency"))
        Amount amount;

        @ElementCollection
        @Type(BitsType.class)
        Set<BitSet> many = new HashSet<>();
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Typed.class};
    }

    @Override
    Stream<Line> lines() {
        return Line.of(Typed::new)
                .line("all null", e -> {})
                .line("user type", e -> e.bits = BitSet.valueOf(new long[] {5}))
                .line("user type, empty", e -> e.bits = new BitSet())
                .line("composite user type", e -> e.amount = new Amount(new BigDecimal("1.50"), "EUR"))
                .line("composite user type, half", e -> e.amount = new Amount(null, "EUR"))
                .line(
                        "elements of a user type",
                        e -> e.many.addAll(List.of(BitSet.valueOf(new long[] {3}), new BitSet())))
                .stream();
    }
}
