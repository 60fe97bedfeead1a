package dev.dorm.cache.internal.query;

import dev.dorm.cache.internal.codec.ResultRows;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.row.RowSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A cached query result that Hibernate is turning into entities, row by row.
 *
 * <p>A result of cached entities holds their ids only, and Hibernate asks for each entity's row as it comes to it,
 * without saying which it will ask for next. But the id that it asks for stands in the result's current row: so do the
 * others of that entity, in the same columns of the rows to come. They are announced as soon as it is clear which
 * columns those are. As the session, an instance is used by one thread at a time.
 */
public final class ResultEntities {

    /** After so many questions whose ids were found in more than one place, or in none, the first place is taken. */
    private static final int MOST_QUESTIONS = 4;

    private final String sql;
    private final ResultRows rows;
    private final QueryColumns learned;
    private final List<QueryColumns.Column> columns;
    private final Map<CachedRows, Guess> guesses = new HashMap<>();

    private static final class Guess {
        private @Nullable List<Integer> places;
        private int asked;
    }

    ResultEntities(String sql, ResultRows rows, QueryColumns learned) {
        this.sql = sql;
        this.rows = rows;
        this.learned = learned;
        this.columns = new ArrayList<>(learned.of(sql));
    }

    /** Announces what the rows to come will ask for, when an entity's row is asked for that nobody has announced. */
    public void asked(RowSession context, CachedRows entities, EntityIds ids, Object id, Announcer announcer) {
        Guess guess = guesses.computeIfAbsent(entities, e -> new Guess());
        if (guess.asked >= MOST_QUESTIONS) {
            return;
        }
        List<Integer> places = new ArrayList<>(ids.find(id, rows.current(), context.session()));
        if (columns.stream().anyMatch(column -> column.rows() == entities && places.contains(column.at()))) {
            columns.forEach(column -> announce(context, column));
            return;
        }
        guess.asked++;
        columns.forEach(column -> places.remove((Object) column.at()));
        if (guess.places != null && places.stream().anyMatch(guess.places::contains)) {
            places.retainAll(guess.places);
        }
        if (places.size() == 1 || !places.isEmpty() && guess.asked == MOST_QUESTIONS) {
            QueryColumns.Column column = new QueryColumns.Column(places.get(0), entities, ids, announcer);
            columns.add(column);
            learned.learn(sql, column);
            guesses.remove(entities);
            announce(context, column);
        } else if (!places.isEmpty()) {
            guess.places = places;
        }
    }

    private void announce(RowSession context, QueryColumns.Column column) {
        SharedSessionContractImplementor session = context.session();
        for (Object[] row : rows.fromCurrent(Prefetch.AT_ONCE)) {
            Object id = column.ids().at(row, column.at(), session);
            if (id != null && !column.ids().isLoaded(id, session)) {
                column.rows().announce(context, column.ids().render(id, session));
                column.announcer().announce(session, id);
            }
        }
    }
}
