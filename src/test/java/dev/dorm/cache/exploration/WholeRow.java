package dev.dorm.cache.exploration;

import dev.dorm.cache.internal.row.Written;

/** A statement that wrote every column. */
public record WholeRow() implements Written {

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Object[] before() {
        return new Object[0];
    }

    @Override
    public Object[] after() {
        return new Object[0];
    }

    @Override
    public boolean beganWith(Object entry) {
        return false;
    }
}
