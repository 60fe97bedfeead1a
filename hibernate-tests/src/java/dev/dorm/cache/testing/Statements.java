package dev.dorm.cache.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** The SQL statements that a session factory has executed. */
public final class Statements implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private final transient List<String> executed = new CopyOnWriteArrayList<>();

    @Override
    public String inspect(String sql) {
        executed.add(sql);
        return sql;
    }

    /** Forgets them. */
    public void clear() {
        executed.clear();
    }

    /**
     * Returns them, oldest first.
     *
     * @return those executed since {@link #clear()}
     */
    public List<String> all() {
        return List.copyOf(executed);
    }
}
