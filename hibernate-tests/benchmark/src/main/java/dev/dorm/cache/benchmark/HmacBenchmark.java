package dev.dorm.cache.benchmark;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The floor of everything that is signed: the JDK's HMAC-SHA256 over as many bytes as an entry has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HmacBenchmark {

    /** How many bytes are signed. */
    @Param({"400"})
    public int size;

    private byte[] payload;
    private Mac mac;

    /**
     * Makes the bytes and the key.
     *
     * @throws GeneralSecurityException never
     */
    @Setup
    public void setUp() throws GeneralSecurityException {
        payload = new byte[size];
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("a signing key of the benchmark".getBytes(), "HmacSHA256"));
    }

    /**
     * Signs.
     *
     * @return the signature
     */
    @Benchmark
    public byte[] hmac() {
        return mac.doFinal(payload);
    }
}
