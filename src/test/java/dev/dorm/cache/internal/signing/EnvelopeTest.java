package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Signer SIGNER = new Signer(SigningKeys.of("0123456789abcdef"));
    private static final Envelope ENVELOPE = new Envelope(SIGNER);
    private static final String KEY = "dormrow:dormqs:app.Üser:1";
    private static final String STAMP = Stamp.at(1_764_392_400_123_456L);
    private static final byte[] BODY = "{\"a|b\":1}".getBytes(UTF_8);

    @Test
    void opensWhatItSealed() {
        byte[] entry = ENVELOPE.seal(7, STAMP, KEY, BODY);
        assertThat(new String(entry, RowFormat.PAYLOAD, entry.length - RowFormat.PAYLOAD, UTF_8))
                .isEqualTo("v7|" + STAMP + "|" + KEY + "|{\"a|b\":1}");
        assertThat(entry).isEqualTo(SIGNER.sign(("v7|" + STAMP + "|" + KEY + "|{\"a|b\":1}").getBytes(UTF_8)));
        assertThat(RowFormat.kind(entry, 7)).isEqualTo(RowFormat.Kind.ENTRY);
        OpenResult opened = ENVELOPE.open(entry, 7, KEY);
        assertThat(opened.accepted()).isTrue();
        assertThat(opened.bytes()).isSameAs(entry);
        assertThat(opened.body()).isEqualTo(BODY);
        assertThat(opened.length()).isEqualTo(BODY.length);
    }

    @Test
    void whatIsLongerThanAnyOfOursIsNotEvenVerified() {
        byte[] longest = ENVELOPE.seal(7, STAMP, KEY, new byte[Envelope.LONGEST_BODY]);
        assertThat(ENVELOPE.open(longest, 7, KEY).length()).isEqualTo(Envelope.LONGEST_BODY);
        byte[] longer = ENVELOPE.seal(7, STAMP, KEY, new byte[Envelope.LONGEST_BODY + (64 << 10)]);
        assertThat(ENVELOPE.open(longer, 7, KEY).rejection()).isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void whatIsLongerThanItsLimitIsNotOpened() {
        Envelope limited = new Envelope(SIGNER, new EntryLimit(100, "max_entry_size"));
        byte[] longest = ENVELOPE.seal(7, STAMP, KEY, new byte[100]);
        assertThat(limited.open(longest, 7, KEY).length()).isEqualTo(100);
        byte[] longer = ENVELOPE.seal(7, STAMP, KEY, new byte[101]);
        assertThat(limited.open(longer, 7, KEY).rejection()).isEqualTo(Rejection.TOO_LONG);
        byte[] unverified = new byte[100 + (64 << 10) + 1];
        assertThat(limited.open(unverified, 7, KEY).rejection()).isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void theHeadMayHaveMoreThanAStamp() {
        byte[] entry = ENVELOPE.seal(7, STAMP + ";e3", KEY, BODY);
        assertThat(ENVELOPE.open(entry, 7, KEY).body()).isEqualTo(BODY);
    }

    @Test
    void theHeadShowsTheRowsVersion() {
        assertThat(Stamp.at(1, 17)).matches("[0-9a-z]{16};17");
        assertThat(Stamp.at(1, RowFormat.HIGHEST_ROW_VERSION)).endsWith(";999999999999999");
        assertThat(Stamp.at(1, RowFormat.HIGHEST_ROW_VERSION + 1)).hasSize(16);
        assertThat(Stamp.at(1, -1)).hasSize(16);
        byte[] entry = ENVELOPE.seal(7, Stamp.at(1, 17), KEY, BODY);
        assertThat(ENVELOPE.open(entry, 7, KEY).body()).isEqualTo(BODY);
        assertThat(RowFormat.isLater(entry, ENVELOPE.seal(7, Stamp.at(1, 16), KEY, BODY), 7))
                .isTrue();
    }

    @Test
    void aStampSaysWhenAndNeverComesTwice() {
        assertThat(STAMP).matches("[0-9a-z]{16}");
        assertThat(Long.parseLong(STAMP.substring(0, 10), 36)).isEqualTo(1_764_392_400_123_456L);
        assertThat(Stamp.at(0)).startsWith("0".repeat(10));
        Set<String> stamps = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            stamps.add(Stamp.at(1));
        }
        assertThat(stamps).hasSize(1_000);
    }

    @Test
    void entriesOfTheSameValueAreKnownWhateverTheirStamp() {
        byte[] one = ENVELOPE.seal(7, Stamp.at(1), KEY, BODY);
        byte[] other = ENVELOPE.seal(7, Stamp.at(2), KEY, BODY);
        assertThat(one).isNotEqualTo(other);
        assertThat(RowFormat.sameValue(one, other, 7)).isTrue();
        assertThat(RowFormat.sameValue(one, ENVELOPE.seal(7, Stamp.at(1), KEY, new byte[1]), 7))
                .isFalse();
        assertThat(RowFormat.sameValue(one, ENVELOPE.seal(7, Stamp.at(1), "k", BODY), 7))
                .isFalse();
        assertThat(RowFormat.sameValue(one, other, 8)).isFalse();
        assertThat(RowFormat.sameValue("dormsig1:".getBytes(UTF_8), "dormsig1:".getBytes(UTF_8), 7))
                .isFalse();
    }

    @Test
    void sealsAPartOfAnArray() {
        byte[] entry = ENVELOPE.seal(7, STAMP, KEY, "xx{}yy".getBytes(UTF_8), 2, 2);
        assertThat(entry).isEqualTo(ENVELOPE.seal(7, STAMP, KEY, "{}".getBytes(UTF_8)));
    }

    @Test
    void anEmptyBodyIsABody() {
        OpenResult opened = ENVELOPE.open(ENVELOPE.seal(-3, STAMP, "", new byte[0]), -3, "");
        assertThat(opened.accepted()).isTrue();
        assertThat(opened.length()).isZero();
    }

    @Test
    void saysWhyItRejects() {
        byte[] entry = ENVELOPE.seal(7, STAMP, KEY, BODY);
        byte[] forged = entry.clone();
        forged[entry.length - 1] ^= 1;
        assertThat(reason(forged)).isEqualTo(Rejection.BAD_SIGNATURE);
        assertThat(reason(BODY)).isEqualTo(Rejection.UNSIGNED);
        assertThat(reason(new byte[0])).isEqualTo(Rejection.UNSIGNED);
        assertThat(reason(ENVELOPE.seal(8, STAMP, KEY, BODY))).isEqualTo(Rejection.WRONG_VERSION);
        assertThat(reason(ENVELOPE.seal(70, STAMP, KEY, BODY))).isEqualTo(Rejection.WRONG_VERSION);
        assertThat(reason(ENVELOPE.seal(7, STAMP, KEY + "0", BODY))).isEqualTo(Rejection.WRONG_KEY);
        assertThat(reason(ENVELOPE.seal(7, STAMP, KEY.substring(1), BODY))).isEqualTo(Rejection.WRONG_KEY);
        assertThat(reason(SIGNER.sign(("v7|" + STAMP + "|" + KEY).getBytes(UTF_8))))
                .isEqualTo(Rejection.WRONG_KEY);
        assertThat(reason(SIGNER.sign(("v7|" + STAMP + "|").getBytes(UTF_8)))).isEqualTo(Rejection.TRUNCATED);
        assertThat(reason(SIGNER.sign(("v7|" + STAMP).getBytes(UTF_8)))).isEqualTo(Rejection.TRUNCATED);
        assertThat(reason(SIGNER.sign("v7|".getBytes(UTF_8)))).isEqualTo(Rejection.TRUNCATED);
        assertThat(reason(SIGNER.sign(("v7|" + "0".repeat(65) + "|" + KEY + "|{}").getBytes(UTF_8))))
                .as("without a stamp")
                .isEqualTo(Rejection.TRUNCATED);
        assertThat(reason(SIGNER.sign("v7".getBytes(UTF_8)))).isEqualTo(Rejection.TRUNCATED);
        assertThat(reason(SIGNER.sign(new byte[0]))).isEqualTo(Rejection.TRUNCATED);
    }

    @Test
    void insecureStillChecksVersionAndKey() {
        Envelope insecure = new Envelope(new Signer(SigningKeys.from(
                Map.<String, Object>of("signing_key", "0123456789abcdef", "insecure_unsigned", true)::get)));
        byte[] legacy = ("v7|" + STAMP + "|" + KEY + "|{}").getBytes(UTF_8);
        assertThat(insecure.open(legacy, 7, KEY).body()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(insecure.open(legacy, 8, KEY).rejection()).isEqualTo(Rejection.WRONG_VERSION);
        assertThat(insecure.open(legacy, 7, "other").rejection()).isEqualTo(Rejection.WRONG_KEY);
    }

    private static Rejection reason(byte[] stored) {
        return ENVELOPE.open(stored, 7, KEY).rejection();
    }
}
