package dev.dorm.cache.testing;

import java.nio.file.Path;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps this JVM's account of the servers its tests used, and at the end hands it to the build (system property
 * {@code dorm.served.dir}, one file a JVM) or, outside the build, prints it.
 */
public final class ServedListener implements TestExecutionListener {

    private final ServedAccount account = ServedAccount.OF_THIS_JVM;

    @Override
    public void executionStarted(TestIdentifier test) {
        account.started(test.getUniqueId(), test.isTest());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean counts = result.getStatus() != TestExecutionResult.Status.ABORTED;
        account.finished(test.getUniqueId(), test.isTest(), counts);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        ServedTable table = ServedTable.of(account);
        String directory = System.getProperty("dorm.served.dir");
        if (directory != null) {
            table.writeTo(Path.of(directory));
        } else if (!table.isEmpty()) {
            System.out.print(table);
        }
    }
}
