package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignerTest {

    private static final String KEY = "0123456789abcdef";
    private static final String OLD = "an-older-key-of-ours";

    /** Computed by Python: {@code hmac.new(key.encode(), payload, hashlib.sha256).hexdigest()}. */
    static Stream<Arguments> vectors() {
        return Stream.of(
                arguments("0123456789abcdef", "", "496dc93fa2d26eae500ec0bc37a122706b88f8963cebf0899d0245fae313e241"),
                arguments(
                        "0123456789abcdef",
                        "68656c6c6f",
                        "713ba20d2e5fdfbc44724244bf2305ed0714f16ecad75df06e9547b5ae43d83a"),
                arguments(
                        "0123456789abcdef",
                        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
                        "972eb6ef1c5e150b178d642816dd8c74fbd75ec40b05049892918df9cdf81db3"),
                arguments(
                        "schlüssel-ключ-🔑",
                        "76317c646f726d726f773a646f726d71733a6170702e557365723a317c7b7d",
                        "ab780b9dd4f05646936543f1387556158f4768ec6d90204354e8053def195a54"),
                arguments(
                        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
                        "6c6f6e67206b6579",
                        "8ea160873da57a7c7f2eb571f7268bd407d017c8f312dc7ef635a6db05577a2c"),
                arguments(
                        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
                        "626c6f636b206b6579",
                        "437a92f97a68e75cf0ba63ab34864a178edbe211c428d2d2eeb4c5316e6adecc"),
                arguments(
                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                        "70c3a4796c6f616420f09f9880",
                        "e7689673c65c44f599559548245b5955ef5072184f8af3371680eaf963a03866"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsByteForByteAsPythonDoes(String key, String payloadHex, String digest) {
        byte[] payload = HexFormat.of().parseHex(payloadHex);
        Signer signer = new Signer(SigningKeys.of(key));
        byte[] blob = signer.sign(payload);
        assertThat(new String(blob, 0, 74, UTF_8)).isEqualTo("dormsig1:" + digest + ":");
        assertThat(HexFormat.of().formatHex(blob, 74, blob.length)).isEqualTo(payloadHex);
        assertThat(signer.verify(blob)).isEqualTo(payload);
    }

    @Test
    void refusesEveryFlippedBit() {
        Signer signer = new Signer(SigningKeys.of(KEY));
        byte[] blob = signer.sign("payload".getBytes(UTF_8));
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] forged = blob.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(signer.verify(forged)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void refusesEveryTruncationAndAnythingWithoutAnEnvelope() {
        Signer signer = new Signer(SigningKeys.of(KEY));
        byte[] blob = signer.sign("payload".getBytes(UTF_8));
        for (int length = 0; length < blob.length; length++) {
            assertThat(signer.verify(java.util.Arrays.copyOf(blob, length))).isNull();
        }
        assertThat(signer.verify("dormlock1:0|a=1".getBytes(UTF_8))).isNull();
    }

    @Test
    void refusesUpperCaseDigitsAsPythonDoes() {
        Signer signer = new Signer(SigningKeys.of(KEY));
        String blob = new String(signer.sign("p".getBytes(UTF_8)), UTF_8);
        String upper = "dormsig1:" + blob.substring(9, 73).toUpperCase(java.util.Locale.ROOT) + blob.substring(73);
        assertThat(signer.verify(upper.getBytes(UTF_8))).isNull();
    }

    @Test
    void fallbackKeysVerifyAndNeverSign() {
        Signer old = new Signer(SigningKeys.of(OLD));
        Signer rotated = new Signer(SigningKeys.of(KEY, OLD));
        byte[] payload = "p".getBytes(UTF_8);
        assertThat(rotated.verify(old.sign(payload))).isEqualTo(payload);
        assertThat(rotated.sign(payload)).isEqualTo(new Signer(SigningKeys.of(KEY)).sign(payload));
        assertThat(new Signer(SigningKeys.of(KEY)).verify(old.sign(payload))).isNull();
    }

    @Test
    void refusesEveryOtherDigit() {
        Signer signer = new Signer(SigningKeys.of(KEY));
        byte[] blob = signer.sign("payload".getBytes(UTF_8));
        for (int at = 9; at < 73; at++) {
            for (char digit : "0123456789abcdef".toCharArray()) {
                byte[] forged = blob.clone();
                forged[at] = (byte) digit;
                assertThat(signer.verify(forged) != null).isEqualTo(blob[at] == digit);
            }
        }
    }

    @Test
    void signsTheSameFromManyThreads() {
        Signer signer = new Signer(SigningKeys.of(KEY));
        byte[][] expected = new byte[100][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = new Signer(SigningKeys.of(KEY)).sign(payload(i));
        }
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .allMatch(i -> java.util.Arrays.equals(signer.sign(payload(i % 100)), expected[i % 100])
                                && signer.verify(expected[i % 100]) != null))
                .isTrue();
    }

    private static byte[] payload(int i) {
        return ("payload " + i).repeat(1 + i).getBytes(UTF_8);
    }
}
