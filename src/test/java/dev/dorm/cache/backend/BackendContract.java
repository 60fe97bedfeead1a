package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The kit that every backend passes: extend it, say how a backend is made, and run it with JUnit.
 *
 * <p>It covers {@link Backend} and {@link Step}, sentence by sentence, and needs JUnit and AssertJ only. Tests use keys
 * of their own, so the store need not be empty. Deadlines of a minute are not waited for: the kit writes records whose
 * deadline is over.
 *
 * <pre>{@code
 * class MyBackendTest extends BackendContract {
 *     @Override
 *     protected Backend newBackend() {
 *         return new MyBackend(BackendSettings.defaults().withLocation(SERVER));
 *     }
 * }
 * }</pre>
 *
 * One that can be listened to implements {@link ListenContract} as well. A store with a clock of its own overrides {@link #storeMillis()}, and {@link #elapse} when a test can set that clock.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class BackendContract
        implements PlainStoreContract,
                VersionContract,
                PutContract,
                LockContract,
                UnlockContract,
                BulkContract,
                QueryContract,
                DamageContract,
                BatchContract,
                ConcurrencyContract {

    private Backend backend;
    private Backend other;

    /**
     * Creates a backend. The kit calls it twice for a test: both must be over one store, and are closed afterwards.
     *
     * @return the backend
     */
    protected abstract Backend newBackend();

    @BeforeEach
    void open() {
        backend = newBackend();
        other = newBackend();
    }

    @AfterEach
    void close() {
        backend.close();
        other.close();
    }

    @Override
    public final Backend backend() {
        return backend;
    }

    @Override
    public final Backend other() {
        return other;
    }

    @Override
    public void elapse(Duration duration) {
        long end = storeMillis() + duration.toMillis() + 1;
        while (storeMillis() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public long storeMillis() {
        return System.currentTimeMillis();
    }
}
