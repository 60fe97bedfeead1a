package dev.dorm.cache.differential;

import org.hibernate.Cache;

/** Steps that concern the cache alone. */
final class Evictions {

    private Evictions() {}

    private static Cache cache(Run run, Factory factory) {
        return run.side().factory(factory).getCache();
    }

    record EvictRow(Factory factory, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            cache(run, factory).evictEntityData(kind.type(), id);
        }
    }

    record EvictRows(Factory factory, Kind kind) implements Step {
        @Override
        public void run(Run run) {
            cache(run, factory).evictEntityData(kind.type());
        }
    }

    record EvictCollections(Factory factory, Kind kind, String attribute) implements Step {
        @Override
        public void run(Run run) {
            cache(run, factory).evictCollectionData(kind.type().getName() + "." + attribute);
        }
    }

    record EvictQueries(Factory factory) implements Step {
        @Override
        public void run(Run run) {
            cache(run, factory).evictQueryRegions();
        }
    }

    record EvictAll(Factory factory) implements Step {
        @Override
        public void run(Run run) {
            cache(run, factory).evictAllRegions();
        }
    }
}
