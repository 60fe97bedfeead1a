package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.ListenContract;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.testing.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kit on three masters. */
class RedisClusterIT extends BackendContract implements ListenContract {

    private static RedisCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = new RedisCluster();
        cluster.join(cluster.ports());
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Override
    protected Backend newBackend() {
        return new RedisBackend(RedisBackendIT.settings(RedisCluster.url(cluster.ports())));
    }

    @Test
    void aNamespaceIsSpreadOverSixteenShards() {
        assertThat(backend().layout().shards()).isEqualTo(16);
        assertThat(backend().layout().hashTags()).isTrue();
        Namespace namespace = backend().layout().namespace("dormqs:app.User");
        assertThat(namespace.shards()).hasSize(16);
        assertThat(namespace.row("1").key()).matches("dormrow:\\{dormqs:app.User#\\d+}:1");
    }
}
