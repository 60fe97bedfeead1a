package dev.dorm.cache.internal.redis;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.connection.ConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes clients whose threads do not keep the JVM from ending. Redisson's own threads do, until it is shut down. */
final class DaemonClient {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private DaemonClient() {}

    /** Returns a client that is connected, as {@link Redisson#create(Config)} does. */
    static RedissonClient create(Config given) {
        Config config = new Config(given);
        if (config.getExecutor() == null) {
            config.setExecutor(listeners(config.getThreads()));
        }
        if (config.getEventLoopGroup() == null && config.getNettyExecutor() == null) {
            config.setNettyExecutor(new ThreadPerTaskExecutor(new DefaultThreadFactory("redisson-netty", true)));
        }
        // A client that connects at once has begun to use its timer before anybody can reach it.
        config.setLazyInitialization(true);
        Redisson client = (Redisson) Redisson.create(config);
        ConnectionManager connections = client.getCommandExecutor().getConnectionManager();
        makeDaemon(connections.getServiceManager().getTimer());
        connections.getServiceManager().getCfg().setLazyInitialization(false);
        connections.connect();
        return client;
    }

    /** Nobody has to shut it down: a thread that has nothing to do ends. */
    private static ExecutorService listeners(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("redisson", true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Redisson makes its timer without a choice, and Netty tells nobody its thread, which is not started yet. */
    private static void makeDaemon(HashedWheelTimer timer) {
        try {
            Field thread = HashedWheelTimer.class.getDeclaredField("workerThread");
            thread.setAccessible(true);
            ((Thread) thread.get(timer)).setDaemon(true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Redisson's timer keeps the JVM from ending until the session factory is closed", e);
        }
    }
}
