package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.internal.spring.ManagementProperties;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The health of the application's caches, whichever Spring Boot asks. A backend that is passed by is not asked: its circuit breaker
 * knows. Any other is asked for one key, so that an idle application, too, notices that Redis is away.
 */
public final class CacheHealth {

    /** A key that nobody writes. */
    private static final String NOTHING = Keys.proof("", "health");

    private final Caches caches;
    private final String bypassed;

    CacheHealth(Caches caches, ManagementProperties.BypassedStatus bypassed) {
        this.caches = caches;
        this.bypassed = bypassed.name();
    }

    /**
     * What is found.
     *
     * @param code the code of Spring Boot's status
     * @param details by session factory and alias
     */
    public record Found(String code, Map<String, Object> details) {}

    /** Looks at all of them; waits for each backend for one {@code timeout} at the most. */
    public Found look() {
        Map<String, Object> details = new LinkedHashMap<>();
        boolean all = true;
        for (Caches.One cache : caches.running()) {
            Map<String, Object> aliases = new LinkedHashMap<>();
            for (Map.Entry<String, AliasStatistics> alias :
                    cache.runtime().statistics().getAliases().entrySet()) {
                Map<String, Object> found = new LinkedHashMap<>();
                all &= look(cache.runtime().backend(alias.getKey()), alias.getValue(), found);
                aliases.put(alias.getKey(), found);
            }
            details.put(cache.name(), aliases);
        }
        String code = details.isEmpty() ? "UNKNOWN" : all ? "UP" : bypassed;
        return new Found(code, details);
    }

    /** Returns whether a backend answers. */
    private static boolean look(Backend backend, AliasStatistics statistics, Map<String, Object> found) {
        found.put("place", backend.place());
        found.put("breaker", statistics.getBreaker());
        found.put("pendingInvalidations", statistics.getPendingInvalidations());
        if (!statistics.getBreaker().equals("CLOSED")) {
            return false;
        }
        try {
            backend.get(NOTHING);
            return true;
        } catch (BackendException e) {
            found.put("error", String.valueOf(e.getMessage()));
            return false;
        }
    }
}
