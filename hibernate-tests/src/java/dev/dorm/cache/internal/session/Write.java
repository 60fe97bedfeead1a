package dev.dorm.cache.internal.session;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.util.function.Consumer;
import org.hibernate.Session;

/** What a writer can do to item 1 with the code "a" and item 2 with the code "b"; some take two transactions. */
enum Write {
    UPDATE(session -> session.find(Item.class, 1L).rename("new")),
    DELETE(session -> session.remove(session.find(Item.class, 1L))),
    DELETE_AND_INSERT_AGAIN(
            session -> session.remove(session.find(Item.class, 1L)),
            session -> session.persist(new Item(1, "a", "born again", "n"))),
    INSERT(session -> session.persist(new Item(3, "c", "third", "t"))),
    ROLLBACK(session -> {
        session.find(Item.class, 1L).rename("never");
        session.find(Item.class, 1L).tags().add("never");
        session.flush();
        session.getTransaction().setRollbackOnly();
    }),
    BULK(Write::bulk),
    COLLECTION(session -> session.find(Item.class, 1L).tags().add("y")),
    NATURAL_ID_GIVEN_TO_ANOTHER(
            session -> session.find(Item.class, 1L).recode("c"),
            session -> session.find(Item.class, 2L).recode("a"));

    private final Consumer<Session>[] transactions;

    @SafeVarargs
    Write(Consumer<Session>... transactions) {
        this.transactions = transactions;
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static void bulk(Session session) {
        session.createQuery("update Item set name = 'bulk'").executeUpdate();
    }

    void in(CachedFactory factory) {
        for (Consumer<Session> transaction : transactions) {
            try (Session session = factory.get().openSession()) {
                session.beginTransaction();
                try {
                    transaction.accept(session);
                } catch (RuntimeException e) {
                    session.getTransaction().rollback();
                    throw e;
                }
                if (session.getTransaction().getRollbackOnly()) {
                    session.getTransaction().rollback();
                } else {
                    session.getTransaction().commit();
                }
            }
            // What follows the commit is a part of it here.
            factory.awaitSettled();
        }
    }
}
