package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final String A = "key-a-key-a-key-a";
    private static final String B = "key-b-key-b-key-b";
    private static final String C = "key-c-key-c-key-c";
    private static final byte[] PAYLOAD = "p".getBytes(UTF_8);

    @Test
    void signingKeyComesBeforeSecretKey() {
        assertThat(signer(Map.of("signing_key", A, "secret_key", B)).sign(PAYLOAD))
                .isEqualTo(new Signer(SigningKeys.of(A)).sign(PAYLOAD));
        assertThat(signer(Map.of("secret_key", B)).sign(PAYLOAD))
                .isEqualTo(new Signer(SigningKeys.of(B)).sign(PAYLOAD));
    }

    @Test
    void withoutAKeyAProcessHasOneOfItsOwnAndIsWarnedOnce() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        byte[] blob;
        try {
            blob = signer(Map.of()).sign(PAYLOAD);
            assertThat(signer(Map.of()).verify(blob)).isEqualTo(PAYLOAD);
        } finally {
            System.setErr(before);
        }
        // Whoever was first in this process was warned: that may have been another test.
        assertThat(log.toString(UTF_8).split("No signing key", -1)).hasSizeLessThanOrEqualTo(2);
        assertThat(new Signer(SigningKeys.of(A)).verify(blob)).isNull();
    }

    @Test
    void requiringAKeyNamesTheSettings() {
        assertThatThrownBy(() -> signer(Map.of("require_signing_key", "true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hibernate.cache.dorm.signing_key")
                .hasMessageContaining("hibernate.cache.dorm.secret_key");
        assertThat(signer(Map.of("require_signing_key", true, "secret_key", B))).isNotNull();
    }

    @Test
    void fallbacksAreAListOrACollection() {
        byte[] b = new Signer(SigningKeys.of(B)).sign(PAYLOAD);
        byte[] c = new Signer(SigningKeys.of(C)).sign(PAYLOAD);
        for (Object fallbacks : new Object[] {B + " , " + C, List.of(B, C)}) {
            Signer signer = signer(Map.of("signing_key", A, "signing_key_fallbacks", fallbacks));
            assertThat(signer.verify(b)).isEqualTo(PAYLOAD);
            assertThat(signer.verify(c)).isEqualTo(PAYLOAD);
        }
    }

    @Test
    void errorsNameTheSettingAndNeverTheKey() {
        for (String name : List.of("signing_key", "secret_key", "signing_key_fallbacks")) {
            assertThatThrownBy(() -> signer(Map.of(name, "short-secret")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hibernate.cache.dorm." + name)
                    .hasMessageContaining("16")
                    .hasMessageNotContaining("short-secret");
        }
        assertThatThrownBy(() -> signer(Map.of("insecure_unsigned", "perhaps")))
                .hasMessageContaining("insecure_unsigned")
                .hasMessageContaining("perhaps");
        assertThat(SigningKeys.of(A, B).toString()).doesNotContain("key-a").doesNotContain("key-b");
    }

    @Test
    void insecureAcceptsForgedAndLegacyBlobs() {
        Signer signer = signer(Map.of("signing_key", A, "insecure_unsigned", "true"));
        byte[] forged = new Signer(SigningKeys.of(B)).sign(PAYLOAD);
        assertThat(signer.verify(forged)).isEqualTo(PAYLOAD);
        assertThat(signer.verify(PAYLOAD)).isEqualTo(PAYLOAD);
    }

    private static Signer signer(Map<String, Object> settings) {
        return new Signer(SigningKeys.from(settings::get));
    }
}
