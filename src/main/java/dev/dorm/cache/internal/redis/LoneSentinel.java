package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendSettings;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.SentinelServersConfig;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.SentinelConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A single sentinel: Redisson refuses to start with it, unless it is told not to; we start, and say what is lost. */
final class LoneSentinel {

    /** Redisson's option, which the application may set itself. */
    static final String OPTION = "checkSentinelsList";

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private LoneSentinel() {}

    static void accept(BaseConfig<?> servers) {
        if (servers instanceof SentinelServersConfig sentinels) {
            sentinels.setCheckSentinelsList(false);
        }
    }

    /** Warns, if there is but one. */
    static void warn(RedissonClient client, BackendSettings settings, String place) {
        ConnectionManager manager = ((Redisson) client).getCommandExecutor().getConnectionManager();
        if (manager instanceof SentinelConnectionManager sentinels
                && sentinels.getSentinels().size() == 1) {
            LOG.warn(
                    "The cache '{}' reaches one sentinel only ({}): while that is away, no failover is noticed, and a process"
                            + " that starts finds no Redis. Run three, and name them in the location",
                    settings.alias(),
                    place);
        }
    }
}
