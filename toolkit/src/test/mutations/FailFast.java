import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Ends the JVM at the first test that fails: whoever runs mutations wants to know that, and which it was. */
public final class FailFast implements TestExecutionListener {
    @Override
    public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            System.out.println("KILLED BY " + test.getUniqueId().replaceAll(".*\\[class:", "").replaceAll("\\(.*", ""));
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }
}
