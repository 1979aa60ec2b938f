package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.audit.AuditRow;

/** What pages tell of a refused HL7 message in the visitor's language. */
class RefusedHl7Test {
    private static RefusedHl7 of(String detail) {
        return RefusedHl7.of(new AuditRow(
                1, Instant.EPOCH, "HL7_REFUSED", null, "claimed: HIS", detail, null, "192.0.2.1", 2, "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answered AR, TABLE_VALUE_NOT_FOUND: MSH-3 is not in x; no MSH-10; told|TABLE_VALUE_NOT_FOUND|MSH-3",
                "answered AE, UNKNOWN_KEY_IDENTIFIER: PID-3 or MRG-1 has an ID|UNKNOWN_KEY_IDENTIFIER|PID-3",
                "answered AE, SEGMENT_SEQUENCE_ERROR: OBX(12) is nothing|SEGMENT_SEQUENCE_ERROR|OBX(12)",
                "answered AE, DATA_TYPE_ERROR: OBR(2)-22 is no time|DATA_TYPE_ERROR|OBR(2)-22",
                "answered AE, APPLICATION_RECORD_LOCKED: PID-3 is so|UNKNOWN|PID-3",
                "refused for another reason|UNKNOWN|",
            })
    void whyAndWhereAreReadFromTheTrail(String detail, RefusedHl7.Why why, String place) {
        RefusedHl7 refused = of(detail);
        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused.place()).isEqualTo(place);
        assertThat(refused.words()).isEqualTo(detail);
    }

    /** In the sources of what answers. */
    @Test
    void whateverMessagesAreAnsweredHasAReason() throws Exception {
        TreeSet<String> answered = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/org/rigatino/hl7/listen"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher codes = Pattern.compile("ErrorCode\\.([A-Z_]{3,})").matcher(Files.readString(source));
                while (codes.find()) {
                    answered.add(ErrorCode.valueOf(codes.group(1)).name());
                }
            }
        }
        assertThat(answered).hasSizeGreaterThan(5);
        assertThat(Stream.of(RefusedHl7.Why.values()).map(Enum::name)).containsAll(answered);
    }
}
