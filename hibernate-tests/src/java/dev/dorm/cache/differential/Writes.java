package dev.dorm.cache.differential;

import org.hibernate.Hibernate;

/** Steps that change an entity. */
final class Writes {

    private Writes() {}

    record Set(int t, Kind kind, long id, String attribute, int number) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null) {
                    set(kind.attribute(attribute), Hibernate.unproxy(entity), number);
                    if (work.stateless()) {
                        work.asStateless().update(entity);
                    }
                }
            });
        }
    }

    static void set(Attribute attribute, Object entity, int number) {
        attribute.set(entity, Values.of(attribute.field().getType(), number));
    }

    record Persist(int t, Kind kind, long id, int number) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                Object entity = kind.create(id, number);
                if (work.stateless()) {
                    work.asStateless().insert(entity);
                } else {
                    work.stateful().persist(entity);
                }
            });
        }
    }

    record Remove(int t, Kind kind, long id) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null && work.stateless()) {
                    work.asStateless().delete(entity);
                } else if (entity != null) {
                    work.stateful().remove(entity);
                }
            });
        }
    }

    /** Takes an entity out of its session, and keeps it for a merge. */
    record Detach(int t, Kind kind, long id) implements Step {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null) {
                    work.stateful().detach(entity);
                    run.keep(kind + "#" + id, entity);
                }
            });
        }
    }

    record Merge(int t, Kind kind, long id, String attribute, int number) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = run.take(kind + "#" + id);
                if (entity != null) {
                    set(kind.attribute(attribute), Hibernate.unproxy(entity), number);
                    run.seeRow(kind, id, work.stateful().merge(entity));
                }
            });
        }
    }

    /** Refers to another entity. */
    record Link(int t, Kind kind, long id, String attribute, long target) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null) {
                    Attribute reference = kind.attribute(attribute);
                    Kind other = Kind.of(reference.target());
                    reference.set(Hibernate.unproxy(entity), work.find(other, target));
                }
            });
        }
    }

    record Add(int t, Kind kind, long id, String attribute, int number) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                Attribute collection = kind.attribute(attribute);
                Object element = collection.role() == Role.ELEMENTS
                        ? Values.of(String.class, number)
                        : work.find(Kind.of(collection.target()), number);
                if (entity != null && element != null) {
                    Values.add(collection, Hibernate.unproxy(entity), element);
                }
            });
        }
    }

    record Drop(int t, Kind kind, long id, String attribute) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null) {
                    Values.removeOne(kind.attribute(attribute), Hibernate.unproxy(entity));
                }
            });
        }
    }

    record Replace(int t, Kind kind, long id, String attribute) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> {
                Object entity = work.find(kind, id);
                run.seeRow(kind, id, entity);
                if (entity != null) {
                    Values.replace(kind.attribute(attribute), Hibernate.unproxy(entity));
                }
            });
        }
    }

    /** Merges an instance that was never in a session. */
    record MergeNew(int t, Kind kind, long id, int number) implements Write {
        @Override
        public void run(Run run) {
            run.stateful(t, work -> run.seeRow(kind, id, work.stateful().merge(kind.create(id, number))));
        }
    }

    record Upsert(int t, Kind kind, long id, int number) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                if (work.stateless()) {
                    work.asStateless().upsert(kind.create(id, number));
                }
            });
        }
    }

    /** Inserts a row anew that SQL has deleted behind Hibernate's back: an insert proves that what was cached is dead. */
    record Anew(int t, Kind kind, long id, int number) implements Write {
        @Override
        public void run(Run run) {
            run.in(t, work -> {
                if (work.stateless()) {
                    work.asStateless().doWork(connection -> {
                        try (var statement = connection.createStatement()) {
                            statement.execute("delete from %s where id = %d".formatted(kind.name(), id));
                        }
                    });
                    work.asStateless().insert(kind.create(id, number));
                }
            });
        }
    }
}
