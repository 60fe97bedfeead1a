package dev.dorm.cache.internal.codec;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import java.util.Properties;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.usertype.ParameterizedType;
import org.hibernate.usertype.UserType;

/** Keeps a price's amount; of which currency a column is, its parameter says. */
class PriceType implements UserType<Price>, ParameterizedType {

    private String currency = "EUR";

    @Override
    public void setParameterValues(Properties parameters) {
        currency = parameters == null ? "EUR" : parameters.getProperty("currency", "EUR");
    }

    @Override
    public int getSqlType() {
        return Types.INTEGER;
    }

    @Override
    public Class<Price> returnedClass() {
        return Price.class;
    }

    @Override
    public boolean equals(Price one, Price other) {
        return Objects.equals(one, other);
    }

    @Override
    public int hashCode(Price price) {
        return Objects.hashCode(price);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Price nullSafeGet(ResultSet rows, int at, SharedSessionContractImplementor session, Object owner)
            throws SQLException {
        int amount = rows.getInt(at);
        return rows.wasNull() ? null : new Price(amount, currency);
    }

    @Override
    public void nullSafeSet(PreparedStatement sql, Price price, int at, SharedSessionContractImplementor session)
            throws SQLException {
        sql.setObject(at, price == null ? null : price.amount(), Types.INTEGER);
    }

    @Override
    public Price deepCopy(Price price) {
        return price;
    }

    @Override
    public boolean isMutable() {
        return false;
    }

    @Override
    public Serializable disassemble(Price price) {
        return price == null ? null : price.amount();
    }

    @Override
    public Price assemble(Serializable cached, Object owner) {
        return cached == null ? null : new Price((Integer) cached, currency);
    }

    /** The same, but that its values are put into the cache as they are. */
    static final class AsItIs extends PriceType {
        @Override
        public Serializable disassemble(Price price) {
            return price;
        }

        @Override
        public Price assemble(Serializable cached, Object owner) {
            return (Price) cached;
        }
    }

    /** What it puts into the cache is not all that it holds. */
    static final class Losing extends PriceType {
        @Override
        public Price assemble(Serializable cached, Object owner) {
            return cached == null ? null : new Price(0, "EUR");
        }
    }

    /** It makes nothing of what it puts into the cache. */
    static final class Stuck extends PriceType {
        @Override
        public Price assemble(Serializable cached, Object owner) {
            if (cached != null) {
                throw new IllegalStateException("no price");
            }
            return null;
        }
    }

    /** The whole of it, as text. */
    static final class Written implements jakarta.persistence.AttributeConverter<Price, String> {
        @Override
        public String convertToDatabaseColumn(Price price) {
            return price == null ? null : price.toString();
        }

        @Override
        public Price convertToEntityAttribute(String text) {
            return text == null ? null : Price.of(text);
        }
    }
}
