package dev.dorm.cache.values;

import dev.dorm.cache.values.Samples.Amount;
import dev.dorm.cache.values.Samples.Label;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import java.util.Properties;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.spi.ValueAccess;
import org.hibernate.usertype.CompositeUserType;
import org.hibernate.usertype.ParameterizedType;
import org.hibernate.usertype.UserType;

/** Types of the application's own. */
public final class SampleTypes {

    private SampleTypes() {}

    /** Stores the cents alone; the currency is a parameter of the attribute. */
    public static final class Cents implements UserType<Amount>, ParameterizedType {
        private String currency = "none";

        @Override
        public void setParameterValues(Properties parameters) {
            if (parameters != null) {
                currency = parameters.getProperty("currency", "none");
            }
        }

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
            return results.wasNull() ? null : new Amount(cents, currency);
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
            return cached == null ? null : new Amount((Long) cached, currency);
        }
    }

    /** Of a class that can be changed, and which it copies. */
    public static final class Labels implements UserType<Label> {
        @Override
        public int getSqlType() {
            return Types.VARCHAR;
        }

        @Override
        public Class<Label> returnedClass() {
            return Label.class;
        }

        @Override
        public boolean equals(Label one, Label other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(Label label) {
            return label.hashCode();
        }

        @Override
        public Label nullSafeGet(
                ResultSet results, int position, SharedSessionContractImplementor session, Object owner)
                throws SQLException {
            String text = results.getString(position);
            return text == null ? null : new Label(text);
        }

        @Override
        public void nullSafeSet(
                PreparedStatement statement, Label label, int index, SharedSessionContractImplementor session)
                throws SQLException {
            statement.setString(index, label == null ? null : label.text);
        }

        @Override
        public Label deepCopy(Label label) {
            return label == null ? null : new Label(label.text);
        }

        @Override
        public boolean isMutable() {
            return true;
        }

        @Override
        public Serializable disassemble(Label label) {
            return label == null ? null : label.text;
        }

        @Override
        public Label assemble(Serializable cached, Object owner) {
            return cached == null ? null : new Label((String) cached);
        }
    }

    /** An amount in two columns. */
    public static final class Amounts implements CompositeUserType<Amount> {

        /** The columns. */
        public static final class Columns {
            long cents;
            String currency;
        }

        @Override
        public Object getPropertyValue(Amount amount, int property) {
            return property == 0 ? (Object) amount.cents : amount.currency;
        }

        @Override
        public Amount instantiate(ValueAccess values, SessionFactoryImplementor factory) {
            return (Amount) instantiate(values);
        }

        /** The method of Hibernate 7, which 6.6 does not know: erased, since the compiler makes no bridge for it. */
        public Object instantiate(ValueAccess values) {
            Long cents = values.getValue(0, Long.class);
            return cents == null ? null : new Amount(cents, values.getValue(1, String.class));
        }

        @Override
        public Class<?> embeddable() {
            return Columns.class;
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
        public Amount deepCopy(Amount amount) {
            return amount;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public Serializable disassemble(Amount amount) {
            return amount == null ? null : new String[] {Long.toString(amount.cents), amount.currency};
        }

        @Override
        public Amount assemble(Serializable cached, Object owner) {
            return cached instanceof String[] parts ? new Amount(Long.parseLong(parts[0]), parts[1]) : null;
        }

        @Override
        public Amount replace(Amount detached, Amount managed, Object owner) {
            return detached;
        }
    }
}
