package dev.dorm.cache.coherence;

/** A statement that wrote every column. */
record WholeRow() implements Written {

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
