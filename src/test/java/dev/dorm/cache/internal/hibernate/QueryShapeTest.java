package dev.dorm.cache.internal.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.codec.QueryCodec;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.util.List;
import java.util.Set;
import org.hibernate.Version;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shape that Hibernate's classes have had is recognised, and any other is refused by a message that names it. */
@SuppressWarnings("unused") // the fields are looked at by reflection
class QueryShapeTest {

    /** As in 6.6. */
    public static class PublicItem {
        private final long timestamp;
        private final List<?> results;

        PublicItem(long timestamp, List<?> results) {
            this.timestamp = timestamp;
            this.results = results;
        }
    }

    private record RecordItem(long timestamp, List<?> results) {}

    record TwoComponents(String[] columnNames, BasicType<?>[] types) {}

    record ThreeComponents(String[] columnNames, BasicType<?>[] types, int[] valueIndexesToCacheIndexes) {}

    static class Key {
        String sqlQueryString;
        Object parameterBindingsMemento;
        Integer firstRow;
        Integer maxRows;
        String[] enabledFilterNames;
        int hashCode;
    }

    static class Memento {
        Object[] values;
        int hashCode;
    }

    record ItemWithMore(long timestamp, List<?> results, String tenant) {}

    record ItemOfAnotherType(Long timestamp, List<?> results) {}

    record FourComponents(
            String[] columnNames, BasicType<?>[] types, int[] valueIndexesToCacheIndexes, boolean[] nullable) {}

    record RenamedComponents(String[] names, BasicType<?>[] types) {}

    static class KeyWithMore {
        String sqlQueryString;
        Object parameterBindingsMemento;
        Integer firstRow;
        Integer maxRows;
        String[] enabledFilterNames;
        Set<String> fetchProfiles;
        int hashCode;
    }

    static class MementoWithMore {
        Object[] values;
        String tenant;
        int hashCode;
    }

    @Test
    void whatTheRunningHibernateHasIsRecognised() {
        assertThatCode(QueryShape::running).doesNotThrowAnyException();
        assertThat(QueryShape.running().id()).contains(Version.getVersionString());
    }

    @Test
    void anItemOfEachKindIsMadeAndReadBack() {
        for (Class<?> item : List.of(PublicItem.class, RecordItem.class)) {
            QueryShape shape = new QueryShape(item, TwoComponents.class, Key.class, Memento.class);
            Object made = shape.item(7, List.of("row", 1));
            assertThat(made).isInstanceOf(item);
            assertThat(shape.isItem(made)).isTrue();
            assertThat(shape.timestamp(made)).isEqualTo(7);
            assertThat(shape.results(made)).isEqualTo(List.of("row", 1));
        }
    }

    @Test
    void metadataOfTwoAndOfThreeComponentsIsMadeAndReadBack() {
        String[] names = {"a", null};
        BasicType<?>[] types = {null, null};
        int[] indexes = {0, -1};
        QueryShape two = new QueryShape(PublicItem.class, TwoComponents.class, Key.class, Memento.class);
        Object plain = two.metadata(names, types, null);
        assertThat(two.isMetadata(plain)).isTrue();
        assertThat(two.columns(plain)).isSameAs(names);
        assertThat(two.types(plain)).isSameAs(types);
        assertThat(two.indexes(plain)).isNull();
        QueryShape three = new QueryShape(PublicItem.class, ThreeComponents.class, Key.class, Memento.class);
        Object indexed = three.metadata(names, types, indexes);
        assertThat(three.columns(indexed)).isSameAs(names);
        assertThat(three.indexes(indexed)).isSameAs(indexes);
    }

    @Test
    void resultsOfAnotherShapeHaveAnotherId() {
        assertThat(new QueryShape(PublicItem.class, TwoComponents.class, Key.class, Memento.class).id())
                .isNotEqualTo(new QueryShape(PublicItem.class, ThreeComponents.class, Key.class, Memento.class).id());
    }

    /** Two versions of Hibernate on one Redis, or two of the application, never read each other's results. */
    @Test
    void theShapeAndTheMappingAreInTheDigestOfAQuery() throws UnsupportedValueException {
        QueryShape two = new QueryShape(PublicItem.class, TwoComponents.class, QueryKey.class, Memento.class);
        QueryShape three = new QueryShape(PublicItem.class, ThreeComponents.class, QueryKey.class, Memento.class);
        assertThat(digest(two, "mapping")).isEqualTo(digest(two, "mapping"));
        assertThat(digest(two, "mapping")).isNotEqualTo(digest(three, "mapping"));
        assertThat(digest(two, "mapping")).isNotEqualTo(digest(two, "other"));
    }

    /** Hibernate's own key has it among the values of its parameters, where there is an object for them. */
    @Test
    void theTenantIsInTheDigestOfAQueryWhoseKeyHasItNot() throws UnsupportedValueException {
        QueryShape shape = new QueryShape(PublicItem.class, TwoComponents.class, QueryKey.class, Memento.class);
        assertThat(digest(shape, "mapping", "alice")).isEqualTo(digest(shape, "mapping", "alice"));
        assertThat(digest(shape, "mapping", "alice")).isNotEqualTo(digest(shape, "mapping", "bob"));
        assertThat(digest(shape, "mapping", "alice")).isNotEqualTo(digest(shape, "mapping", null));
    }

    private static String digest(QueryShape shape, String mapping) throws UnsupportedValueException {
        return digest(shape, mapping, null);
    }

    @SuppressWarnings("NullAway") // a key of text and numbers asks for no encoding
    private static String digest(QueryShape shape, String mapping, @Nullable String tenant)
            throws UnsupportedValueException {
        QueryKey key =
                new QueryKey("select 1", QueryParameterBindings.NO_PARAMETER_BINDING_MEMENTO, 1, 2, Set.of("filter"));
        return new QueryCodec(shape, new BodyFormat(Format.JSON), null, null, mapping)
                .digest(key, tenant, null, new Object[0], "UTC");
    }

    @ParameterizedTest
    @ValueSource(classes = {ItemWithMore.class, ItemOfAnotherType.class, Memento.class})
    void anUnknownItemIsRefused(Class<?> item) {
        refuses(item, item, TwoComponents.class, Key.class, Memento.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {FourComponents.class, RenamedComponents.class, RecordItem.class})
    void unknownMetadataIsRefused(Class<?> metadata) {
        refuses(metadata, PublicItem.class, metadata, Key.class, Memento.class);
    }

    @Test
    void aKeyWithMorePartsIsRefusedForItWouldCollide() {
        refuses(KeyWithMore.class, PublicItem.class, TwoComponents.class, KeyWithMore.class, Memento.class);
        refuses(MementoWithMore.class, PublicItem.class, TwoComponents.class, Key.class, MementoWithMore.class);
    }

    private static void refuses(Class<?> culprit, Class<?> item, Class<?> metadata, Class<?> key, Class<?> memento) {
        assertThatThrownBy(() -> new QueryShape(item, metadata, key, memento))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Hibernate " + Version.getVersionString() + " is not one this library knows")
                .hasMessageContaining(culprit.getName())
                .hasMessageContaining("supported are 6.6 to 7.4");
    }
}
