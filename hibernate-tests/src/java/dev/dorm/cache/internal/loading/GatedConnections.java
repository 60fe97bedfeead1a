package dev.dorm.cache.internal.loading;

import dev.dorm.cache.testing.TestConnections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Connections whose statements stand still before a gate, fail, or go through. */
final class GatedConnections extends TestConnections {

    private static final long serialVersionUID = 1L;

    private final String url;
    private volatile boolean autoCommit = true;
    private transient volatile CountDownLatch gate = new CountDownLatch(0);
    private final transient AtomicReference<CountDownLatch> one = new AtomicReference<>();
    private transient volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile boolean onlyOne;
    private volatile boolean failing;

    GatedConnections(String url) {
        this.url = url;
    }

    void disablesAutoCommit(boolean disables) {
        autoCommit = !disables;
    }

    void close() {
        onlyOne = false;
        gate = new CountDownLatch(1);
    }

    /** Stops the next statement, and lets those through that come after it. */
    void stopOne() {
        close();
        stopped = new CountDownLatch(1);
        one.set(gate);
        onlyOne = true;
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    void open() {
        one.set(null);
        gate.countDown();
    }

    /** Lets statements fail from now on. */
    void fail() {
        failing = true;
    }

    private void pass() throws SQLException, InterruptedException {
        if (failing) {
            throw new SQLException("it fails");
        }
        if (!onlyOne) {
            gate.await();
            return;
        }
        CountDownLatch mine = one.getAndSet(null);
        if (mine != null) {
            stopped.countDown();
            mine.await();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = DriverManager.getConnection(url);
        real.setAutoCommit(autoCommit);
        return (Connection) Proxy.newProxyInstance(
                GatedConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        pass();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return true;
    }
}
