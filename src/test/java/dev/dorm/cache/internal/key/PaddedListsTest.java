package dev.dorm.cache.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements with several lists that may have been padded are known from those with one key for one answer. */
class PaddedListsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t where b in (?,?,?,?) and c in (?,?,?,?)",
                "select a from t where b in(?,?,?,?) or c not IN ( $5, $6, $7, $8 )",
                "select a from t where (b,c) in ((?,?),(?,?),(?,?),(?,?)) and d in (?,?,?,?)",
                "select a from t where b in (cast(? as int),?,?,?) and exists (select 1 from u where d in (?,?,?,?))"
            })
    void severalLists(String sql) {
        assertThat(PaddedLists.several(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t",
                "select a from t where b in (?,?,?,?)",
                "select a from t where b in (?,?,?,?) and c in (?,?)",
                "select a from t where b in (?,?,?,?) and c = ? and min(d, e, f, g) > 0",
                "select a from t where b in (?,?,?,?) and c in (select x, y, z from u)",
                "select a from t where (b,c) in ((?,?),(?,?)) and d in (?,?,?,?)",
                "select a from t where b in (?,?,?,?"
            })
    void oneOrNone(String sql) {
        assertThat(PaddedLists.several(sql)).isFalse();
    }
}
