package com.example.shop;

import org.hibernate.SessionEventListener;

/** Hibernate creates one for each session, and tells it of each statement and of each answer of the cache. */
public class CountingListener implements SessionEventListener {

    @Override
    public void jdbcExecuteStatementEnd() {
        Tally.current().statement();
    }

    @Override
    public void jdbcExecuteBatchEnd() {
        Tally.current().statement();
    }

    @Override
    public void cacheGetEnd(boolean hit) {
        if (hit) {
            Tally.current().hit();
        }
    }
}
