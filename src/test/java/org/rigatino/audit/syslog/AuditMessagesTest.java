package org.rigatino.audit.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openehealth.ipf.commons.audit.codes.EventOutcomeIndicator;
import org.openehealth.ipf.commons.audit.model.ActiveParticipantType;
import org.openehealth.ipf.commons.audit.model.AuditMessage;
import org.rigatino.Slow;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliveryDatabase;

/** Which messages of PS3.15 A.5.3 rows of the trail are, by their words in docs/audit.md. */
@Slow
class AuditMessagesTest {
    private static final List<String> DETAILS =
            List.of("by QUERY, sha256 0", "listed there and not sent by this record");
    private static final Pattern KIND = Pattern.compile("`([A-Z_]+)`");

    private static DeliveryDatabase database;
    private static AuditMessages messages;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(SyslogKeysTest.settings(6514, "PT10S"));
        database.bean(AuditSource.class);
        messages = database.bean(AuditMessages.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static List<AuditMessage> of(String kind, String subject, String detail) {
        return messages.of(new AuditRow(
                1,
                Instant.now(),
                kind,
                "1.2.3",
                subject,
                detail,
                "anna",
                "192.0.2.7",
                2,
                "0".repeat(64),
                "0".repeat(64)));
    }

    private static String name(AuditMessage message) {
        return message.getEventIdentification().getEventID().getOriginalText();
    }

    @Test
    void theTableOfMessagesSaysWhatIsSent() throws Exception {
        Map<String, Set<String>> sent = new TreeMap<>();
        for (EventKind kind : EventKind.values()) {
            for (String detail : DETAILS) {
                of(kind.name(), "1.2.4 at pacs", detail)
                        .forEach(message -> sent.computeIfAbsent(name(message), key -> new TreeSet<>())
                                .add(kind.name()));
            }
        }
        Map<String, Set<String>> told = new TreeMap<>();
        String table = Files.readString(Path.of("docs/audit.md"))
                .split("\\| message \\| kinds \\|\n")[1]
                .split("\n\n")[0];
        table.lines()
                .skip(1)
                .map(line -> line.split("\\|"))
                .forEach(cells -> told.put(
                        cells[1].strip(),
                        KIND.matcher(cells[2])
                                .results()
                                .map(MatchResult::group)
                                .map(kind -> kind.replace("`", ""))
                                .collect(Collectors.toCollection(TreeSet::new))));
        assertThat(told).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELIVERED_WITHOUT_PROOF|C-STORE was answered with success, and rigatino.deliver.destinations.pacs.commitment is none|pacs",
                "DELIVERED_WITHOUT_PROOF|C-STORE was answered with success, and rigatino.deliver.destinations.pacs.commitment is none; the archive is OLD at old:104; sha256 0|OLD at old:104",
                "DELIVERED_WITHOUT_PROOF|C-STORE was answered with 0111H: it has an object of that UID, and does not say that it is this one, and rigatino.deliver.destinations.pacs.commitment is none; the archive is OLD at old:104|OLD at old:104",
                "DELIVERY_CONFIRMED|by STORAGE_COMMITMENT of OLD, A at old:104, sha256 0|OLD, A at old:104",
                "DELIVERY_CONFIRMED|by STORAGE_COMMITMENT of OLD at old:104, stored with warning B000H, sha256 0|OLD at old:104",
                "DELIVERY_CONFIRMED|by QIDO_RS of http://old/dicom-web; STOW-RS was answered with 0111H: it has an object of that UID, and does not say that it is this one, which has sha256 0|http://old/dicom-web",
                "DELIVERY_CONFIRMED|by QUERY, sha256 0|pacs",
                "DELIVERY_CONFIRMED|by QIDO_RS, sha256 0|pacs",
                "DELIVERY_TAKEN_ELSEWHERE|1 object was taken by OLD at old:104 after the destination was changed, paused or removed; its delivery is PENDING|OLD at old:104",
                "DELIVERY_TAKEN_ELSEWHERE|2 objects were taken by http://old/dicom-web, and are sent anew|http://old/dicom-web",
                "DELIVERY_TAKEN_LATE|taken by OLD at old:104, which had it under way when its delivery was cancelled: withdrawn|OLD at old:104",
            })
    void whatADestinationTookIsTransferredThere(String kind, String detail, String receiver) {
        assertThat(of(kind, "1.2.4 at pacs", detail)).anySatisfy(message -> {
            assertThat(name(message)).isEqualTo("DICOM Instances Transferred");
            assertThat(message.getActiveParticipants())
                    .extracting(ActiveParticipantType::getUserID)
                    .containsExactly("site-a", receiver);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STUDY_RETRIEVED|3 instances stored, 0 refused|Success|unknown",
                "STUDY_RETRIEVED|1 not taken: 3 instances stored, 0 refused, 1 of them known under study 1.2.9|MinorFailure|unknown",
                "RETRIEVAL_FAILED|old lists 3 instances, 2 came and 1 were refused|SeriousFailure|old",
            })
    void aTransferOfWhichSomethingWasRefusedIsNoSuccess(
            String kind, String detail, EventOutcomeIndicator outcome, String sender) {
        assertThat(of(kind, "old", detail)).singleElement().satisfies(message -> {
            assertThat(name(message)).isEqualTo("DICOM Instances Transferred");
            assertThat(message.getEventIdentification().getEventOutcomeIndicator())
                    .isEqualTo(outcome);
            assertThat(message.getEventIdentification().getEventOutcomeDescription())
                    .startsWith(detail);
            assertThat(message.getActiveParticipants())
                    .extracting(ActiveParticipantType::getUserID)
                    .containsExactly(sender, "site-a");
        });
    }

    @Test
    void whatWasOnlyListedIsNotTransferred() {
        assertThat(of("DELIVERED_WITHOUT_PROOF", "1.2.4 at pacs", "listed there and not sent by this record, and"))
                .extracting(AuditMessagesTest::name)
                .containsExactly("Query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by patient ID: nothing fetched: pacs does not answer|SeriousFailure",
                "by Study Instance UID: nothing fetched: 200 studies match|SeriousFailure",
                "by patient ID, for earlier studies of patient 7: nothing fetched: pacs does not answer|SeriousFailure",
                "by accession number: 0 studies found|Success",
                "by patient ID, for earlier studies of patient 7: 2 listed|Success",
            })
    void aSearchThatFailedIsNoSuccess(String detail, EventOutcomeIndicator outcome) {
        assertThat(of("SOURCE_SEARCHED", "pacs", detail)).singleElement().satisfies(message -> assertThat(
                        message.getEventIdentification().getEventOutcomeIndicator())
                .isEqualTo(outcome));
    }
}
