package dev.dorm.cache.differential;

import java.util.List;
import org.hibernate.SessionFactory;

/** Session factories over one database. */
record Side(Database database, List<SessionFactory> factories, boolean cached) {

    SessionFactory factory(Factory factory) {
        return factories.get(factory.ordinal() % factories.size());
    }
}
