package dev.dorm.cache.servers;

import java.util.Arrays;
import java.util.List;

/**
 * Managed servers, by what their documentation says that they refuse. A real server refuses it too, by the rights of its user; what is
 * refused in scripts only has another name there, by which a proxy asks for it outside of scripts.
 */
enum Vendor {
    ELASTICACHE(
            "Amazon ElastiCache, node-based",
            "docs.aws.amazon.com/AmazonElastiCache/latest/dg/ClientConfig.RestrictedCommands.html",
            false,
            "bgrewriteaof bgsave config debug migrate replicaof save slaveof shutdown sync",
            ""),
    ELASTICACHE_CLUSTER(
            "Amazon ElastiCache, cluster mode", ELASTICACHE.page, true, ELASTICACHE.refused, ELASTICACHE.inScripts),
    ELASTICACHE_SERVERLESS(
            "Amazon ElastiCache Serverless",
            "docs.aws.amazon.com/AmazonElastiCache/latest/dg/SupportedCommands.html",
            true,
            ELASTICACHE.refused + " wait client|tracking",
            ""),
    MEMORYDB(
            "Amazon MemoryDB",
            "docs.aws.amazon.com/memorydb/latest/devguide/restrictedcommands.html",
            true,
            "acl|deluser acl|load acl|save acl|setuser bgrewriteaof bgsave cluster|addslots cluster|delslots cluster|setslot config"
                    + " debug migrate module psync replicaof save shutdown slaveof sync",
            ""),
    AZURE_CACHE(
            "Azure Cache for Redis",
            "learn.microsoft.com/azure/azure-cache-for-redis/cache-configure",
            false,
            "acl bgrewriteaof bgsave cluster config debug migrate psync replicaof replconf save shutdown slaveof sync",
            ""),
    REDIS_SOFTWARE(
            "Redis Cloud, Redis Software, Azure Managed Redis",
            "redis.io/docs/latest/operate/rs/references/compatibility/commands/server",
            false,
            "acl|deluser acl|load acl|log acl|save acl|setuser bgrewriteaof bgsave cluster debug migrate psync replicaof save"
                    + " shutdown slaveof sync",
            "info"),
    MEMORYSTORE(
            "Google Memorystore for Redis",
            "cloud.google.com/memorystore/docs/redis/product-constraints",
            false,
            "acl bgrewriteaof bgsave client cluster command config debug lastsave migrate monitor object shutdown replicaof save",
            ""),
    TAIR(
            "Alibaba Tair, cluster behind its proxy",
            "alibabacloud.com/help/en/redis/support/usage-of-lua-scripts",
            false,
            "bgrewriteaof bgsave cluster config|set debug migrate psync replicaof save shutdown slaveof sync",
            "publish"),
    OCI(
            "OCI Cache, not sharded",
            "docs.oracle.com/iaas/Content/ocicache/restrictedcommands.htm",
            false,
            "acl bgrewriteaof bgsave cluster config|set debug migrate module psync replicaof save shutdown sync",
            ""),
    OCI_SHARDED(
            "OCI Cache, sharded",
            OCI.page,
            true,
            "acl bgrewriteaof bgsave config|set debug migrate module psync replicaof save shutdown sync eval eval_ro evalsha evalsha_ro"
                    + " fcall fcall_ro function script",
            ""),
    AIVEN(
            "Aiven for Valkey",
            "aiven.io/docs/products/valkey/reference/restricted-commands",
            false,
            "bgrewriteaof cluster command debug failover migrate slaveof acl bgsave config lastsave monitor replicaof save shutdown",
            ""),
    AIVEN_CACHING(
            "Aiven for Caching",
            "aiven.io/docs/products/redis/concepts/restricted-redis-commands",
            false,
            AIVEN.refused + " role",
            ""),
    DANGEROUS(
            "any, without `@dangerous`",
            "redis.io/docs/latest/operate/oss_and_stack/management/security/acl",
            false,
            "@dangerous",
            ""),
    NO_INFO("any, without INFO", DANGEROUS.page, false, "info", ""),
    NO_SCRIPT_LOAD("any, without SCRIPT", DANGEROUS.page, false, "script", ""),
    NO_PUBLISH("any, without PUBLISH", DANGEROUS.page, false, "publish", ""),
    NO_SUBSCRIBE("any, without SUBSCRIBE", DANGEROUS.page, false, "subscribe", "");

    private final String title;
    private final String page;
    private final boolean cluster;
    private final String refused;
    private final String inScripts;

    Vendor(String title, String page, boolean cluster, String refused, String inScripts) {
        this.title = title;
        this.page = page;
        this.cluster = cluster;
        this.refused = refused;
        this.inScripts = inScripts;
    }

    String title() {
        return title;
    }

    String page() {
        return page;
    }

    boolean isCluster() {
        return cluster;
    }

    /** Returns the commands that the user may not call. */
    List<String> refused() {
        return Arrays.asList(refused.split(" "));
    }

    /** Returns the commands that scripts may not call. */
    List<String> inScripts() {
        return inScripts.isEmpty() ? List.of() : Arrays.asList(inScripts.split(" "));
    }
}
