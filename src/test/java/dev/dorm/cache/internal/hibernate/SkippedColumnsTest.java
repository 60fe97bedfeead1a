package dev.dorm.cache.internal.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A fetch join of which Hibernate skipped something is told from one that it read whole. */
class SkippedColumnsTest {

    private static final String SQL =
            "select n1_0.id,n1_0.title,c1_0.novel_id,c1_0.id,w1_0.novel_id,w1_0.word from Novel n1_0 left join ...";

    /** An owner's columns, those of its first collection, and those of its second. */
    private static final int[] OWNER = {0, 1};

    private static final int[] CHAPTERS = {2, 3};
    private static final int[] WORDS = {4, 5};

    private static boolean none(List<Object[]> rows) {
        List<Object> results = new ArrayList<>(rows);
        results.add(rows.size());
        return SkippedColumns.none(SQL, results);
    }

    private static Object[] without(Object[] row, int... columns) {
        Object[] read = row.clone();
        Arrays.stream(columns).forEach(column -> read[column] = null);
        return read;
    }

    /** The rows of an owner, each element of one collection with each of the other. */
    private static List<Object[]> rows(long owner, int chapters, int words) {
        List<Object[]> rows = new ArrayList<>();
        for (int chapter = 0; chapter < Math.max(1, chapters); chapter++) {
            for (int word = 0; word < Math.max(1, words); word++) {
                rows.add(new Object[] {
                    owner,
                    "title " + owner,
                    chapters == 0 ? null : owner,
                    chapters == 0 ? null : owner * 100 + chapter,
                    words == 0 ? null : owner,
                    words == 0 ? null : "word " + word
                });
            }
        }
        return rows;
    }

    @RepeatedTest(200)
    void whicheverCollectionWasSkippedBehindAnOwnersFirstRow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int owners = 1 + random.nextInt(4);
        int skipping = random.nextInt(owners);
        int[] skipped = random.nextBoolean() ? CHAPTERS : WORDS;
        List<Object[]> whole = new ArrayList<>();
        List<Object[]> lacking = new ArrayList<>();
        boolean lacks = false;
        for (int owner = 0; owner < owners; owner++) {
            int chapters = random.nextInt(4);
            int words = random.nextInt(4);
            List<Object[]> rows = rows(owner, chapters, words);
            Collections.shuffle(rows, random);
            for (int i = 0; i < rows.size(); i++) {
                // Of an owner that it has just met, Hibernate reads nothing again but its collections.
                Object[] read = i == 0 ? rows.get(i) : without(rows.get(i), OWNER[1]);
                whole.add(read);
                lacking.add(i > 0 && owner == skipping ? without(read, skipped) : read);
            }
            lacks |= owner == skipping && (skipped == CHAPTERS ? chapters : words) > 1;
        }
        assertThat(none(whole)).as("whole").isTrue();
        if (lacks) {
            assertThat(none(lacking)).as("lacking").isFalse();
        }
    }

    @Test
    void valuesThatAreArraysAreCompared() {
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {new byte[] {1}, "a"});
        rows.add(new Object[] {new byte[] {1}, null});
        assertThat(none(rows)).isFalse();
    }

    @Test
    void aQueryOfOneEntityOrOfSingleValuesLacksNothing() {
        Object[] first = {1L, "title"};
        Object[] again = {1L, null};
        List<Object> results = List.of(first, again, 1);
        assertThat(SkippedColumns.none("select n1_0.id,n1_1.title from Novel n1_0 join ...", results))
                .isTrue();
        assertThat(SkippedColumns.none("select n1_0.id,c1_0.title from Novel n1_0 join ...", results))
                .isFalse();
        assertThat(SkippedColumns.none("select {n.*}, {c.*} from Novel n", results))
                .isFalse();
        assertThat(SkippedColumns.none("select title, id from Novel", List.of("a", "a", 2)))
                .isTrue();
        assertThat(SkippedColumns.none("select title, id from Novel", List.of()))
                .isTrue();
    }
}
