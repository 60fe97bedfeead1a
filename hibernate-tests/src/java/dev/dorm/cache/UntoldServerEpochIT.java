package dev.dorm.cache;

import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import org.junit.jupiter.api.Test;

/** The same of a Redis that does not tell its replication id: INFO is renamed away. */
class UntoldServerEpochIT extends ServerEpochIT {

    @Override
    OwnRedis server() {
        return RedisServer.startOwn("--rename-command", "INFO", "");
    }

    /** Nobody can tell what another has found: each renews by itself. */
    @Test
    @Override
    void oneWhoHasRenewedSparesTheOthersTheirEntries() {
        restoreFromTheSnapshot();
        cachesAgain(one, "old");
        cachesAgain(two, "old");
        cachesAgain(one, "old");
    }
}
