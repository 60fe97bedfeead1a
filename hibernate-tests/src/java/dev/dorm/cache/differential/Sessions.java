package dev.dorm.cache.differential;

import org.hibernate.CacheMode;

/** Steps that begin and end transactions, or concern a session as a whole. */
final class Sessions {

    private Sessions() {}

    record Begin(int t, Factory factory, Isolation isolation, Mode mode) implements Step {
        @Override
        public void run(Run run) {
            run.begin(t, factory, isolation, mode);
        }
    }

    /** Opens a session that works in another's transaction. */
    record Child(int t, int of) implements Step {
        @Override
        public void run(Run run) {
            run.child(t, of, false);
        }
    }

    /** Opens one that works in another's transaction, and reads what was there before the program's first step. */
    record PastChild(int t, int of) implements Step {
        @Override
        public void run(Run run) {
            run.child(t, of, true);
        }
    }

    record Commit(int t) implements Step {
        @Override
        public void run(Run run) {
            run.commit(t);
        }
    }

    record Rollback(int t) implements Step {
        @Override
        public void run(Run run) {
            run.rollback(t);
        }
    }

    record Flush(int t) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> work.stateful().flush());
        }
    }

    record Clear(int t) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> work.stateful().clear());
        }
    }

    record Caching(int t, CacheMode mode) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> work.stateful().setCacheMode(mode));
        }
    }

    record Filter(int t) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> work.stateful().enableFilter(Filters.SMALL));
        }
    }
}
