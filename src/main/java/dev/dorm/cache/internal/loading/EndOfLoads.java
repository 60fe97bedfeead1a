package dev.dorm.cache.internal.loading;

import org.hibernate.BaseSessionEventListener;

/** Ends what a session loads outside a transaction: when its connection goes back, or when it is closed. */
final class EndOfLoads extends BaseSessionEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Loader loader;

    EndOfLoads(Loader loader) {
        this.loader = loader;
    }

    @Override
    public void jdbcConnectionReleaseEnd() {
        endOutsideTransaction();
    }

    @Override
    public void end() {
        endOutsideTransaction();
    }

    /** A transaction has its end still before it. */
    private void endOutsideTransaction() {
        if (!loader.inTransaction()) {
            loader.loads().endAll();
        }
    }
}
