package dev.dorm.cache.differential;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.Hibernate;

/** Steps that read. */
final class Reads {

    private Reads() {}

    record Find(int t, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            run.in(t, work -> run.seeRow(kind, id, work.find(kind, id)));
        }
    }

    record FindLocked(int t, Kind kind, long id, LockModeType mode) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> run.seeRow(kind, id, work.stateful().find(kind.type(), id, mode)));
        }
    }

    record Refresh(int t, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                if (entity != null) {
                    work.stateful().refresh(entity);
                }
                run.seeRow(kind, id, entity);
            });
        }
    }

    record FindAll(int t, Kind kind) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                List<Long> ids = LongStream.rangeClosed(1, Kind.SEEDED + 1)
                        .map(n -> kind.rowId((int) n))
                        .boxed()
                        .toList();
                List<?> found = work.stateful()
                        .byMultipleIds(kind.type())
                        .enableOrderedReturn(true)
                        .multiLoad(ids);
                for (int i = 0; i < ids.size(); i++) {
                    run.seeRow(kind, ids.get(i), found.get(i));
                }
            });
        }
    }

    record Collect(int t, Kind kind, long id, String attribute) implements Step {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                Object owner = work.find(kind, id);
                run.seeRow(kind, id, owner);
                run.see(
                        kind.root() + "#" + id + "." + attribute,
                        read(work, owner),
                        probe -> read(probe, probe.find(kind, id)));
            });
        }

        private String read(Work work, Object owner) {
            if (owner == null) {
                return Texts.NONE;
            }
            Object collection = kind.attribute(attribute).get(Hibernate.unproxy(owner));
            if (work.stateless()) {
                work.asStateless().fetch(collection);
            }
            return Texts.elements(collection);
        }
    }

    /** Loads by the natural id that a number makes. */
    record ByCode(int t, Kind kind, int number) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> run.see(kind + " by " + code(), read(work), this::read));
        }

        private Object code() {
            return Values.of(String.class, number);
        }

        private String read(Work work) {
            Object entity = work.stateful().bySimpleNaturalId(kind.type()).load(code());
            return entity == null ? Texts.NONE : Texts.element(entity) + " " + Texts.state(entity);
        }

        /**
         * Whether what was found has another natural id by now: the session itself has changed it, and not flushed that. Of an
         * entity that it has loaded from the database Hibernate knows that the older natural id is no longer its own. Of
         * one that a load of several ids, or a query, took from a second-level cache it has not taken note which it was
         * ({@code NaturalIdResolutions.cacheResolutionFromLoad}), so that it asks the database, which knows of no change.
         */
        boolean isOfAnother(String found) {
            return !found.equals(Texts.NONE)
                    && !found.endsWith(" " + kind.naturalId().name() + "=" + code());
        }

        /** The id of what was found. */
        long id(String found) {
            return Long.parseLong(found.substring(1, found.indexOf(' ')));
        }
    }

    /** Asks for a proxy, and has it initialized. */
    record Reference(int t, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object proxy = work.stateful().getReference(kind.type(), id);
                Hibernate.initialize(proxy);
                run.seeRow(kind, id, proxy);
            });
        }
    }

    record Lock(int t, Kind kind, long id, LockModeType mode) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                if (entity != null) {
                    work.stateful().lock(entity, mode);
                }
                run.seeRow(kind, id, entity);
            });
        }
    }
}
