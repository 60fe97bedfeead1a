package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Weight;
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
import org.hibernate.type.descriptor.java.StringJavaType;
import org.hibernate.usertype.UserType;

/** Types of the application's own that do not make again of a cached state what they have taken apart. */
public final class StubbornTypes {

    private StubbornTypes() {}

    /** Stores the grams, and needs the owner to assemble an odd number of them. */
    public static final class Owned extends Grams {
        @Override
        public Weight assemble(Serializable cached, Object owner) {
            Weight weight = super.assemble(cached, owner);
            if (weight != null && weight.grams() % 2 == 1 && owner == null) {
                throw new IllegalStateException("whose is it?");
            }
            return weight;
        }
    }

    /** Takes the weight apart, and casts what is left of it. */
    public static final class Cast extends Grams {
        @Override
        public Serializable disassemble(Weight weight) {
            return weight == null ? null : new ArrayList<>(List.of(weight.grams()));
        }

        @Override
        public Weight assemble(Serializable cached, Object owner) {
            return (Weight) (Object) cached;
        }
    }

    /** Assembles the very object to which it disassembled, and nothing that was stored. */
    public static final class Forgetful extends Grams {
        private static final Map<Object, Boolean> DISASSEMBLED = new IdentityHashMap<>();

        @Override
        public Serializable disassemble(Weight weight) {
            String state = weight == null ? null : new String(Long.toString(weight.grams()));
            DISASSEMBLED.put(state, true);
            return state;
        }

        @Override
        public Weight assemble(Serializable cached, Object owner) {
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

    /** Text that is taken apart into a list. */
    public static class Wrapped extends StringJavaType {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public MutabilityPlan<String> getMutabilityPlan() {
            return (MutabilityPlan) new Wrapping();
        }
    }

    /** Text that is taken apart into a list, which is taken for the text. */
    public static final class CastText extends StringJavaType {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public MutabilityPlan<String> getMutabilityPlan() {
            return (MutabilityPlan) new Casting();
        }
    }

    /** Stores the grams. */
    abstract static class Grams implements UserType<Weight> {
        @Override
        public int getSqlType() {
            return Types.BIGINT;
        }

        @Override
        public Class<Weight> returnedClass() {
            return Weight.class;
        }

        @Override
        public boolean equals(Weight one, Weight other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(Weight weight) {
            return weight.hashCode();
        }

        @Override
        public Weight nullSafeGet(
                ResultSet results, int position, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            long grams = results.getLong(position);
            return results.wasNull() ? null : new Weight(grams);
        }

        @Override
        public void nullSafeSet(
                PreparedStatement statement, Weight weight, int index, SharedSessionContractImplementor session)
                throws SQLException {
            if (weight == null) {
                statement.setNull(index, Types.BIGINT);
            } else {
                statement.setLong(index, weight.grams());
            }
        }

        @Override
        public Weight deepCopy(Weight weight) {
            return weight;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(Weight weight) {
            return weight == null ? null : weight.grams();
        }

        @Override
        public Weight assemble(Serializable cached, Object owner) {
            return cached == null ? null : new Weight((Long) cached);
        }
    }
}
