package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Amount;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.SharedSessionContract;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.hibernate.usertype.UserType;

/** Types of the application's own that do not make again of a cached state what they have taken apart. */
public final class StubbornTypes {

    private StubbornTypes() {}

    /** Stores the cents, and needs the owner to assemble an odd number of them. */
    public static final class Owned extends Cents {
        @Override
        public Amount assemble(Serializable cached, Object owner) {
            Amount amount = super.assemble(cached, owner);
            if (amount != null && amount.cents % 2 == 1 && owner == null) {
                throw new IllegalStateException("whose is it?");
            }
            return amount;
        }
    }

    /** Takes the amount apart, and casts what is left of it. */
    public static final class Cast extends Cents {
        @Override
        public Serializable disassemble(Amount amount) {
            return amount == null ? null : new ArrayList<>(List.of(amount.cents));
        }

        @Override
        public Amount assemble(Serializable cached, Object owner) {
            return (Amount) (Object) cached;
        }
    }

    /** Assembles the very object to which it disassembled, and nothing that was stored. */
    public static final class Forgetful extends Cents {
        private static final Map<Object, Boolean> DISASSEMBLED = new IdentityHashMap<>();

        @Override
        public Serializable disassemble(Amount amount) {
            String state = amount == null ? null : new String(Long.toString(amount.cents));
            DISASSEMBLED.put(state, true);
            return state;
        }

        @Override
        public Amount assemble(Serializable cached, Object owner) {
            if (cached != null && !DISASSEMBLED.containsKey(cached)) {
                throw new IllegalStateException("not taken apart here");
            }
            return cached == null ? null : super.assemble(Long.valueOf((String) cached), owner);
        }
    }

    /** Takes a value apart into a list that holds it, and finds it there again. */
    public static class Wrapping implements MutabilityPlan<Object> {
        @Override
        public boolean isMutable() {
            return true;
        }

        @Override
        public Object deepCopy(Object value) {
            return value;
        }

        @Override
        public Serializable disassemble(Object value, SharedSessionContract session) {
            return value == null ? null : new ArrayList<>(List.of(value));
        }

        @Override
        public Object assemble(Serializable cached, SharedSessionContract session) {
            return cached == null ? null : ((List<?>) cached).get(0);
        }
    }

    /** Does not look into the list. */
    public static final class Casting extends Wrapping {
        @Override
        public Object assemble(Serializable cached, SharedSessionContract session) {
            return cached;
        }
    }

    /** Stores the cents. */
    abstract static class Cents implements UserType<Amount> {
        @Override
        public int getSqlType() {
            return Types.BIGINT;
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
            return amount.hashCode();
        }

        @Override
        public Amount nullSafeGet(
                ResultSet results, int position, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            long cents = results.getLong(position);
            return results.wasNull() ? null : new Amount(cents, "SEK");
        }

        @Override
        public void nullSafeSet(
                PreparedStatement statement, Amount amount, int index, SharedSessionContractImplementor session)
                throws SQLException {
            if (amount == null) {
                statement.setNull(index, Types.BIGINT);
            } else {
                statement.setLong(index, amount.cents);
            }
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
            return amount == null ? null : amount.cents;
        }

        @Override
        public Amount assemble(Serializable cached, Object owner) {
            return cached == null ? null : new Amount((Long) cached, "SEK");
        }
    }
}
