package org.rigatino.audit.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openehealth.ipf.commons.audit.model.AuditMessage;
import org.rigatino.Patience;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestService;
import org.rigatino.ingest.InstanceFile;
import org.rigatino.ingest.RunningParts;

/** What a syslog receiver gets of the trail, over TLS with certificates on both sides. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class SyslogIT {
    private static final Duration LONG = Patience.STEP;
    private static final List<String> MESSAGES = ReportedTo.MESSAGES;

    @Inject
    AuditTrail audit;

    @Inject
    IngestService ingest;

    @TempDir
    Path folder;

    @Test
    void eachEventComesAsTheMessageOfItsClauseAndFitsTheSchema() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "syslog", "1", "a");
        Tool.assumeInstalled("storescu");
        Tool.runSuccessfully(
                "storescu",
                "-aet",
                "MR1",
                "-aec",
                "RIGATINO",
                "127.0.0.1",
                "" + ingest.port(),
                file.path().toString());
        String study = file.studyUid();
        append(new AuditTrail.Event(EventKind.STUDY_VIEWED, study, null, "the study's page <&> ä")
                .by("anna")
                .from("192.0.2.7"));
        append(new AuditTrail.Event(
                EventKind.DELIVERY_CONFIRMED, study, "1.2.3 at pacs", "by STORAGE_COMMITMENT, sha256 0"));
        append(new AuditTrail.Event(EventKind.DELIVERY_CONFIRMED, study, "1.2.4 at pacs", "by QUERY, sha256 0"));
        append(new AuditTrail.Event(EventKind.SIGN_IN_BLOCKED, null, null, "192.0.2.9 is not heard").from("192.0.2.9"));
        append(new AuditTrail.Event(EventKind.SIGN_IN, null, "anna", "by password")
                .by("anna")
                .from("192.0.2.7"));
        append(new AuditTrail.Event(EventKind.AUDIT_EXPORTED, null, "trail.csv", "2 rows")
                .by("root")
                .from("host"));
        awaitMessage("110100", "110120", "site-a");
        awaitMessage("110104", study, "AETITLES=MR1", "EventActionCode=\"C\"");
        awaitMessage("110104", study, "UserID=\"pacs\"", "EventActionCode=\"R\"");
        awaitMessage("110103", study, "anna@site-a", "192.0.2.7", "&lt;&amp;&gt; ä");
        awaitMessage("110112", study, "UserID=\"pacs\"");
        awaitMessage("110113", "192.0.2.9", base64("SIGN_IN_BLOCKED"));
        awaitMessage("110114", "anna@site-a", "192.0.2.7");
        awaitMessage("110101", "root@site-a");
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(AuditMessage.class.getResource("/dicom2017c.xsd"));
        for (String message : MESSAGES) {
            assertThat(message)
                    .matches(
                            "(?s)<85>1 \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z [!-~]+ rigatino \\d+ DICOM\\+RFC3881 - \uFEFF<\\?xml .*")
                    .containsPattern("audit-anchor \\d+ [0-9a-f]{64}");
            schema.newValidator()
                    .validate(new StreamSource(new StringReader(message.substring(message.indexOf("<?xml")))));
        }
    }

    @Test
    void whatAReceiverMissesComesWhenItIsBackAndOnlyToTheOneThatIsTrusted() throws Exception {
        awaitMessage("110100", "110120");
        ReportedTo.stop();
        append(new AuditTrail.Event(EventKind.STUDY_VIEWED, "1.2.99", null, "while the receiver is away").by("bert"));
        ReportedTo.replaceBy("elsewhere");
        await().atMost(LONG).until(() -> ReportedTo.receiver().refused() > 0);
        assertThat(MESSAGES).noneMatch(message -> message.contains("1.2.99"));
        ReportedTo.replaceBy("peer");
        awaitMessage("110103", "1.2.99", "bert@site-a");
    }

    private static void awaitMessage(String... texts) {
        await().atMost(LONG).untilAsserted(() -> assertThat(MESSAGES)
                .anySatisfy(message -> assertThat(message).contains(texts)));
    }

    /** As XML has values of ParticipantObjectDetail. */
    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void append(AuditTrail.Event event) {
        QuarkusTransaction.requiringNew().run(() -> audit.append(event));
    }
}
