package com.example.quickstart;

import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts the SQL statements that an application sends to its database. */
final class Statements implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private final AtomicLong sent = new AtomicLong();

    @Override
    public String inspect(String sql) {
        sent.incrementAndGet();
        return sql;
    }

    long sent() {
        return sent.get();
    }
}
