package dev.dorm.cache;

import java.util.Map;
import javax.management.MXBean;

/**
 * What happened in a session factory's cache since it was built: the sums of its regions and aliases, and each of them.
 * Thread-safe.
 *
 * <p>The same is shown in three places, under the same names:
 *
 * <ul>
 *   <li>{@link DormCache#statistics} returns it;
 *   <li>the platform's MBean server has it, from the building of the session factory to its closing, as
 *       {@code dev.dorm.cache:type=Cache,factory="<name>"}; in Spring Boot only with {@code spring.jmx.enabled=true};
 *   <li>when Micrometer is on the class path, its global registry has it as meters whose names begin with
 *       {@code dorm.cache.} and that are tagged with {@code factory}. There are meters for regions and aliases only: a
 *       total is the sum over a meter's tags.
 * </ul>
 *
 * <p>The name is the session factory's, or its region prefix, or {@code default}; a second one of that name gets
 * {@code #2} behind it.
 */
@MXBean
public interface CacheStatistics extends EntryStatistics, BackendStatistics {

    /**
     * Returns the state of each alias's circuit breaker, as {@link AliasStatistics#getBreaker}.
     *
     * @return the states by alias
     */
    Map<String, String> getBreakers();

    /**
     * Returns what servers have refused to this process so far, though it asked for it: for good, since the user lacks the right, or the
     * server does not have it. Where there is another way, that is taken, and a warning says what it costs.
     *
     * @return by the server's address: each command, such as {@code INFO in scripts} or {@code PUBLISH in scripts}, and the
     *     server's words; without those that refuse nothing
     */
    Map<String, Map<String, String>> getRefusals();

    /**
     * Returns what happened in each region. A region of query results appears when it is first used.
     *
     * @return the statistics by the name that Hibernate's own statistics give a region
     */
    Map<String, RegionStatistics> getRegions();

    /**
     * Returns what happened with each alias that keeps a region; {@code default} is always there.
     *
     * @return the statistics by alias
     */
    Map<String, AliasStatistics> getAliases();
}
