package dev.dorm.cache.internal.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a session factory's statistics to whoever watches this process, under a name that no other has here. */
public final class StatisticsExporter implements AutoCloseable {

    /** By this setting of Hibernate's, whoever configures it says {@code false}, and there is no JMX bean. */
    public static final String JMX = "dev.dorm.cache.jmx";

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final Set<String> TAKEN = new HashSet<>();

    private final String name;
    private final @Nullable ObjectName bean;
    private final @Nullable AutoCloseable meters;

    /**
     * Shows them, as meters too where Micrometer is there.
     *
     * @param wanted the name; a number is added where it is taken
     * @param jmx whether there is a JMX bean, for which the JDK makes the platform's MBean server with all its beans
     */
    public StatisticsExporter(String wanted, RuntimeStatistics statistics, boolean jmx) {
        this.name = take(wanted);
        statistics.name(name);
        this.bean = jmx ? register(name, statistics) : null;
        this.meters = meters(statistics);
    }

    private static synchronized String take(String wanted) {
        String name = wanted;
        for (int n = 2; !TAKEN.add(name); n++) {
            name = wanted + "#" + n;
        }
        return name;
    }

    private static synchronized void release(String name) {
        TAKEN.remove(name);
    }

    private static @Nullable ObjectName register(String name, RuntimeStatistics statistics) {
        try {
            ObjectName bean = new ObjectName("dev.dorm.cache:type=Cache,factory=" + ObjectName.quote(name));
            ManagementFactory.getPlatformMBeanServer().registerMBean(statistics, bean);
            return bean;
        } catch (JMException | SecurityException e) {
            LOG.warn("The statistics of '{}' are not registered as a JMX bean: {}", name, e.toString());
            return null;
        }
    }

    private static @Nullable AutoCloseable meters(RuntimeStatistics statistics) {
        try {
            Class.forName("io.micrometer.core.instrument.Metrics", false, StatisticsExporter.class.getClassLoader());
            return new MicrometerBinder(statistics);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    @Override
    public void close() {
        release(name);
        if (bean != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(bean);
            } catch (JMException e) {
                LOG.debug("The JMX bean of '{}' was gone already", name, e);
            }
        }
        if (meters != null) {
            try {
                meters.close();
            } catch (Exception e) {
                LOG.warn("The meters of '{}' are not removed", name, e);
            }
        }
    }
}
