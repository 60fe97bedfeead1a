package dev.dorm.cache.differential;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** A session with its transaction, which a program calls t1, t2 and so on. */
final class Work {

    private @Nullable SharedSessionContract session;
    private final @Nullable SessionFactory factory;
    private final Mode mode;
    private final Isolation isolation;
    private final @Nullable Work parent;
    private final @Nullable Connection own;
    private final int begun;
    private final Written written = new Written();
    private final Set<Kind> raised = new HashSet<>();
    private boolean newer;

    /**
     * Describes a session that has begun.
     *
     * @param session the session
     * @param mode what kind of session it is
     * @param isolation its transaction's
     * @param parent the session whose transaction it works in, or null
     * @param begun after how many steps its transaction began
     */
    Work(SharedSessionContract session, Mode mode, Isolation isolation, @Nullable Work parent, int begun) {
        this.session = session;
        this.mode = mode;
        this.factory = null;
        this.isolation = isolation;
        this.parent = parent;
        this.own = null;
        this.begun = begun;
    }

    /**
     * Describes a session that is to be opened on a connection which the application brought.
     *
     * @param factory where it is to be opened
     * @param isolation its transaction's
     * @param own the connection
     * @param begun after how many steps its transaction began
     */
    Work(SessionFactory factory, Isolation isolation, Connection own, int begun) {
        this.mode = Mode.OWN_CONNECTION;
        this.factory = factory;
        this.isolation = isolation;
        this.parent = null;
        this.own = own;
        this.begun = begun;
    }

    boolean waiting() {
        return session == null;
    }

    void open() {
        session = factory.withOptions()
                .connection(own)
                .tenantIdentifier((Object) mode.tenant())
                .openSession();
        session.beginTransaction();
    }

    boolean stateless() {
        return session instanceof StatelessSession;
    }

    Session stateful() {
        return (Session) session;
    }

    StatelessSession asStateless() {
        return (StatelessSession) session;
    }

    SharedSessionContract session() {
        return session;
    }

    Mode mode() {
        return mode;
    }

    Isolation isolation() {
        return isolation;
    }

    @Nullable
    Work parent() {
        return parent;
    }

    @Nullable
    Connection ownConnection() {
        return own;
    }

    /** After how many steps its snapshot can have been taken at the earliest. */
    int begun() {
        return begun;
    }

    Object find(Kind kind, long id) {
        return stateless() ? asStateless().get(kind.type(), id) : stateful().find(kind.type(), id);
    }

    /** What its transaction has changed. */
    Written written() {
        return parent == null ? written : parent.written();
    }

    /** Takes note that it has asked for the versions of an entity's rows to be raised. */
    void raises(Kind kind) {
        raised.add(kind.root());
    }

    /**
     * Whether a load of several ids may raise versions once more. When it finds an entity in a second-level cache that the
     * session has, Hibernate tells again that it was loaded ({@code SessionImpl.loadFromSecondLevelCache}), and the lock
     * with which it had been loaded raises its version again; without a cache nothing tells it.
     */
    boolean raisesAgain(Step step) {
        return step instanceof Reads.FindAll find && raised.contains(find.kind().root());
    }

    /** Notes that it has been shown something newer than its snapshot, as it may. */
    void sawNewer() {
        newer = true;
        if (parent != null) {
            parent.sawNewer();
        }
    }

    boolean hasSeenNewer() {
        return newer;
    }
}
