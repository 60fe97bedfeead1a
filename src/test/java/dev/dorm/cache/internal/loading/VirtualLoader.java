package dev.dorm.cache.internal.loading;

import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** A session in a transaction, which holds nothing. */
final class VirtualLoader implements Loader {

    private final OpenLoads loads = new OpenLoads();
    boolean mayWait = true;

    @Override
    public SharedSessionContractImplementor session() {
        throw new UnsupportedOperationException("there is no Hibernate");
    }

    @Override
    public boolean inTransaction() {
        return true;
    }

    @Override
    public boolean mayWait() {
        return mayWait;
    }

    @Override
    public OpenLoads loads() {
        return loads;
    }
}
