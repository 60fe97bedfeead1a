package dev.dorm.cache.internal.codec;

import java.util.List;

/** Classes by which deserialization was turned into the execution of code, and some that an application has anyway. */
final class Gadgets {

    static final List<String> NAMES = List.of(
            "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
            "com.sun.rowset.JdbcRowSetImpl",
            "javax.management.BadAttributeValueExpException",
            "javax.script.ScriptEngineManager",
            "java.rmi.server.UnicastRemoteObject",
            "java.util.logging.FileHandler",
            "javax.swing.JEditorPane",
            "sun.swing.SwingLazyValue",
            "java.lang.ProcessBuilder",
            "java.net.URLClassLoader",
            "javax.naming.InitialContext",
            "com.sun.jndi.ldap.LdapAttribute",
            "com.sun.org.apache.bcel.internal.util.ClassLoader",
            "org.apache.commons.collections.functors.InvokerTransformer",
            "org.apache.commons.collections.functors.ChainedTransformer",
            "org.apache.commons.collections4.functors.InstantiateTransformer",
            "org.apache.commons.beanutils.BeanComparator",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.springframework.context.support.ClassPathXmlApplicationContext",
            "org.springframework.aop.support.DefaultBeanFactoryPointcutAdvisor",
            "org.springframework.beans.factory.ObjectFactory",
            "com.mchange.v2.c3p0.JndiRefForwardingDataSource",
            "com.mchange.v2.c3p0.WrapperConnectionPoolDataSource",
            "com.zaxxer.hikari.HikariConfig",
            "org.apache.tomcat.dbcp.dbcp2.BasicDataSource",
            "org.apache.xbean.propertyeditor.JndiConverter",
            "org.hibernate.jmx.StatisticsService",
            "org.h2.jdbcx.JdbcDataSource",
            "ch.qos.logback.core.db.DriverManagerConnectionSource",
            "com.rometools.rome.feed.impl.ToStringBean",
            "clojure.lang.PersistentArrayMap",
            "org.python.core.PyFunction");

    private Gadgets() {}
}
