package org.rigatino.hl7.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.OrderOfNoStudy;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.identity.Reader;
import org.rigatino.report.ReportRetention;
import org.rigatino.report.ReportRows;
import org.rigatino.report.ReportStatus;
import org.rigatino.report.ReportView;
import org.rigatino.report.Reports;
import org.rigatino.web.ViewRecord;

/** Messages over a socket into a real PostgreSQL, and what is shown of them. */
@Slow
class ReceivedMessagesTest {
    private static final Reader ROSA = new Reader(IdentityLevel.FULL, new Actor("rosa", "192.0.2.7"));

    private static DeliveryDatabase database;
    private static ReportRows rows;
    private static Reports reports;
    private static PatientCorrections corrections;
    private static ReportRetention retention;

    private static RefusedMessages refused;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private MllpListener listener;
    private MllpPeer ris;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(new com.fasterxml.jackson.databind.ObjectMapper());
        database.bean(AuditTrail.class);
        database.bean(ViewRecord.class);
        rows = database.bean(ReportRows.class);
        corrections = database.bean(PatientCorrections.class);
        refused = database.bean(RefusedMessages.class);
        database.bean(IdentityRows.class);
        reports = database.bean(Reports.class);
        retention = database.bean(ReportRetention.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void listen() throws Exception {
        database.execute("delete from report; delete from study_identity; delete from identity_statement;"
                + " delete from nobodys_value; insert into nobodys_value values"
                + " ('PATIENT_NAME', nobodys_word('NOTFALL')), ('PATIENT_BIRTH_DATE', nobodys_word('19000101'))");
        listen(Map.of());
    }

    private void listen(Map<String, String> more) throws Exception {
        close();
        Map<String, String> values = new HashMap<>(more);
        values.put("sending-applications", "RIS,OTHER");
        Hl7ListenConfiguration settings = MllpListenerTest.settings(values);
        listener = MllpListener.start(
                MllpRules.of(settings, Optional.empty()),
                new ReceivedMessages(
                        settings,
                        CharacterSets.of(settings.characterSet()).orElseThrow(),
                        Set.of("RIGATINO"),
                        rows,
                        corrections,
                        refused,
                        meters));
        ris = new MllpPeer(listener.port());
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty("rigatino.hl7.listen.assigning-authority");
        if (listener != null) {
            ris.close();
            listener.close();
        }
    }

    private static void study(String uid, String accession, String id, String issuer, String born) throws Exception {
        database.execute(
                "insert into study_identity (study_instance_uid, state, changed_at, accession_number, patient_id,"
                        + " issuer_of_patient_id, patient_birth_date, words) values ('" + uid
                        + "', 'RECORDED', now(), '"
                        + accession + "', '" + id + "', '" + issuer + "', '" + born + "', '')");
    }

    private static List<ReportView> shown(String study) {
        return reports.of(study, ROSA).orElseThrow();
    }

    private void accepted(Oru message) throws Exception {
        assertThat(ris.send(message.toString())).contains("MSA|AA|").doesNotContain("ERR|");
    }

    /** @param location ERR-2 */
    private void refused(String message, Charset charset, String code, String location, String error) throws Exception {
        int before = count();
        String answer = ris.send(message, charset);
        assertThat(answer).contains("MSA|" + code, "ERR||" + location + "|" + error + "^");
        assertThat(count()).isEqualTo(before);
    }

    private void refused(Oru message, String code, String location, String error) throws Exception {
        refused(message.toString(), StandardCharsets.UTF_8, code, location, error);
    }

    private static int count() throws Exception {
        return Integer.parseInt(database.query("select count(*) from report").get(0));
    }

    @Test
    void aReportIsOfTheStudiesOfItsOrderAndPatientBeforeAndAfterTheyCome() throws Exception {
        study("1.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().text("No infarction."));
        study("1.2", "ACC7", "4711", "SITE", "19700101");
        study("1.3", "ACC8", "4711", "SITE", "19700101");
        for (String uid : List.of("1.1", "1.2")) {
            assertThat(shown(uid))
                    .extracting(
                            ReportView::status, ReportView::accessionNumber, ReportView::sentBy, ReportView::content)
                    .containsExactly(tuple(ReportStatus.FINAL, "ACC7", "RIS|RADIOLOGY", "No infarction."));
        }
        assertThat(shown("1.3")).isEmpty();
        assertThat(reports.withoutStudy()).isEmpty();
    }

    @Test
    void theTrailHasADigestOfTheReportAndNotTheReportAndWhoReadIt() throws Exception {
        study("2.1", "ACC2", "4711", "SITE", "19700101");
        accepted(new Oru().order("ACC2").text("Of Zebulonski."));
        shown("2.1");
        shown("2.1");
        accepted(new Oru().order("ACC2").at("20260102120000+0000").text("Another."));
        List<Long> ids = shown("2.1").stream().map(ReportView::id).toList();
        assertThat(database.query("select detail from audit_event where study_instance_uid = '2.1'"
                        + " and kind = 'STUDY_VIEWED' order by id"))
                .containsExactly(
                        "reports of radiologists: " + ids.get(1),
                        "reports of radiologists: " + ids.get(0) + ", " + ids.get(1));
        assertThat(database.query("select concat_ws(' ', kind, actor, address, subject) from audit_event"
                        + " where study_instance_uid = '2.1' order by id"))
                .containsExactly(
                        "REPORT_RECEIVED 127.0.0.1 RIS|RADIOLOGY",
                        "STUDY_VIEWED rosa 192.0.2.7",
                        "REPORT_RECEIVED 127.0.0.1 RIS|RADIOLOGY",
                        "STUDY_VIEWED rosa 192.0.2.7");
        String question = TrailQuestions.of("report_proof");
        assertThat(database.query(question)).isEmpty();
        database.execute("update report set content = content || '!'");
        assertThat(database.query(question)).hasSize(2);
        database.execute("update report set content = left(content, -1)");
        String digest = database.query("select sha256 from report_proof order by report_id")
                .get(0);
        assertThat(database.query("select detail from audit_event where kind = 'REPORT_RECEIVED'"
                        + " and study_instance_uid = '2.1'"))
                .first()
                .asString()
                .contains(digest);
        assertThat(database.query("select count(*) from audit_event where regexp_replace(detail, '[0-9a-f]{64}', '')"
                        + " ~ 'Zebulonski|ACC2|4711'"))
                .containsExactly("0");
    }

    @Test
    void whoIsNotShownAllOfWhoseAStudyIsIsShownNoReport() throws Exception {
        study("3.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().text("text"));
        for (IdentityLevel level : List.of(IdentityLevel.NONE, IdentityLevel.ACCESSION)) {
            assertThat(reports.of("3.1", new Reader(level, ROSA.actor()))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // PID-3, PID-7, authority by the site; of the study: ID, issuer, birth date
        "4712^^^SITE,19700101,,4711,SITE,19700101,OTHER_PATIENT",
        "4711^^^OTHER,19700101,,4711,SITE,19700101,OTHER_PATIENT",
        "4711^^^SITE,19700102,,4711,SITE,19700101,OTHER_PATIENT",
        "4711^^^SITE,1971,,4711,SITE,19700101,OTHER_PATIENT",
        "4711^^^SITE^AN~9^^^SITE^MR,19700101,,4711,SITE,19700101,OTHER_PATIENT",
        "9^^^^MR~4711^^^^EI,19700101,SITE,4711,SITE,19700101,OTHER_PATIENT",
        "4711^^^^MR,19700101,SITE,4711,SITE,19700101,",
        "4711,19700101,,4711,SITE,19700101,ISSUER_UNKNOWN",
        "4711^^^SITE,19700101,,4711,,19700101,ISSUER_UNKNOWN",
        "4711,19700101,,4711,,19700101,ISSUER_UNKNOWN",
        "4711,19700101,OTHER,4711,SITE,19700101,ISSUER_UNKNOWN",
        "4711^^^SITE,19700101,,4711,SITE,19700101,",
        "4711^^^SITE,197001,,4711,SITE,19700101,",
        "4711^^^SITE,,,4711,SITE,19700101,",
        "4711^^^SITE,\"\",,4711,SITE,19700101,",
        "4711^^^SITE,00000000,,4711,SITE,19700101,",
        "4711^^^SITE,99991231,,4711,SITE,19700101,",
        "4711^^^SITE,19000101,,4711,SITE,19700101,",
        "4711^^^SITE,19700101,,4711,SITE,19000101,",
        "9^^^NATION~4711^^^SITE,19700101,,4711,SITE,19700101,",
        "4711^^^&1.2.3&ISO,19700101,,4711,1.2.3,19700101,",
        "4711,19700101,SITE,4711,SITE,19700101,",
        "4711^^^SITE,19700101,SITE,4711,,19700101,",
        "4711,19700101,SITE,4711,,19700101,",
    })
    void aReportOfAnotherPatientOrOneWhoIsNotKnownIsOfNoStudyAndCountedWithTheReason(
            String pid3, String pid7, String authority, String id, String issuer, String born, OrderOfNoStudy why)
            throws Exception {
        if (authority != null) {
            System.setProperty("rigatino.hl7.listen.assigning-authority", authority);
        }
        study("4.1", "ACC7", id, issuer == null ? "" : issuer, born);
        accepted(new Oru().of(pid3, pid7 == null ? "" : pid7).text("text"));
        assertThat(shown("4.1")).hasSize(why == null ? 1 : 0);
        assertThat(reports.withoutStudy()).isEqualTo(why == null ? Map.of() : Map.of(why, 1L));
    }

    /** What is absent says nothing; a name contradicts where each has a word that the other has not. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // PID-5, PID-8; of the study: words of its names, sex, sex before a correction; whether it is the same
                // one's
                "Schmidt^Karl,M,n:doe n:jane,F,-,false",
                "Schmidt^Karl,'',n:doe n:jane,'',-,false",
                "DOE^JANE,M,n:doe n:jane,F,-,false",
                "DOE^JANE,M,n:doe n:jane,F,M,true",
                "DOE^JOAN,F,n:doe n:jane,F,-,false",
                "Doe^Jáne^Q^^Dr,F,n:doe n:jane,F,-,true",
                "DOE^JANE ANN,F,n:doe n:jane,F,-,true",
                "DOE,F,n:doe n:jane,F,-,true",
                "Müller^Anna,F,n:mueller n:anna,F,-,true",
                "ROE^JANE,F,n:doe n:jane n:roe i:roe,F,-,true",
                "ROE^JANE,F,n:doe n:jane i:roe,F,-,false",
                "'','',n:doe n:jane,F,-,true",
                "DOE^JANE,U,n:doe n:jane,F,-,true",
                "UNKNOWN^UNKNOWN,F,n:doe n:jane,F,-,true",
                "Meier^Anna,F,n:notfall,F,-,true",
                "Meier^Anna,M,n:notfall,F,-,false",
                "DOE^JANE,F,i:4711,'',-,true",
            })
    void aReportThatNamesAnotherPatientIsOfNoStudy(
            String pid5, String pid8, String words, String sex, String before, boolean same) throws Exception {
        study("16.1", "ACC7", "4711", "SITE", "19700101");
        database.execute("update study_identity set patient_name = '"
                + words.replace("n:", "").replace(' ', '^')
                + "', patient_sex = '" + sex + "', words = array_to_tsvector('{"
                + words.replace(' ', ',') + "}'), former_sexes = '{" + (before == null ? "" : before) + "}'");
        accepted(new Oru().of("4711^^^SITE", "").named(pid5, pid8).text("text"));
        assertThat(shown("16.1")).hasSize(same ? 1 : 0);
        assertThat(reports.withoutStudy()).isEqualTo(same ? Map.of() : Map.of(OrderOfNoStudy.OTHER_PATIENT, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "17&Weber&Ida^20260102,Weber^Ida",
        "17^Weber^Ida,Weber^Ida",
        "17,17",
        "'',",
    })
    void aReportSaysWhomItIsOfAndWhoReportedIt(String obr32, String interpreter) throws Exception {
        study("17.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().named("Doe^Jane^Q^Jr^Dr", "F").by(obr32).text("text"));
        assertThat(shown("17.1"))
                .extracting(
                        ReportView::patientName,
                        ReportView::patientBirthDate,
                        ReportView::patientSex,
                        ReportView::interpreter)
                .containsExactly(tuple("Doe^Jane^Q^Dr^Jr", "19700101", "F", interpreter));
    }

    @Test
    void whoReportedMayStandBesideTheText() throws Exception {
        study("18.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().line("OBX|1|FT|18748-4^Report^LN||text||||||F|||||17^Weber^Ida"));
        assertThat(shown("18.1")).extracting(ReportView::interpreter).containsExactly("Weber^Ida");
    }

    /** Sexes of the site's own, and who is named beyond all measure, are worth less than the report. */
    @ParameterizedTest
    @CsvSource({"X,17^Weber^Ida,Weber^Ida", "F,'',", "\\C2842\\,17^\\C2842\\,", "W,long,"})
    void aSexThatNoTableHasAndAnInterpreterThatCannotBeReadSayNothing(String pid8, String obr32, String interpreter)
            throws Exception {
        study("19.1", "ACC7", "4711", "SITE", "19700101");
        String observer = obr32.equals("long") ? "17^" + "x".repeat(251) : obr32;
        accepted(new Oru().named("DOE^JANE", pid8).by(observer).text("text"));
        assertThat(shown("19.1"))
                .extracting(ReportView::patientSex, ReportView::interpreter, ReportView::content)
                .containsExactly(tuple(pid8.equals("F") ? "F" : null, interpreter, "text"));
    }

    @Test
    void aNameThatCannotBeReadRefusesAReport() throws Exception {
        refused(new Oru().named("R\\S\\OE^JANE", "F").text("text"), "AE", "PID^1^5", "102");
    }

    /** A flood fills neither log nor trail, and a restart hides nobody. */
    @Test
    void whatIsRefusedIsCountedAndToldInTheTrailOnceAnHourForEachAddressAndReason() throws Exception {
        String told =
                "select concat_ws(' ', subject, address, detail) from audit_event where kind = 'HL7_REFUSED' order by id";
        int before = database.query(told).size();
        for (int i = 0; i < 5; i++) {
            refused(new Oru().from("FORGED" + i).id("X1").text("secret"), "AR", "MSH^1^3", "103");
        }
        refused(new Oru().id("").text("secret"), "AR", "MSH^1^10", "101");
        refused(new Oru().of("4711^^^SITE", "yesterday").text("secret"), "AE", "PID^1^7", "102");
        assertThat(database.query(told).subList(before, before + 3))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith(
                                        "claimed: FORGED0|RADIOLOGY 127.0.0.1 answered AR, TABLE_VALUE_NOT_FOUND: MSH-3 ")
                                .contains("MSH-10 claimed: X1;"),
                        one -> assertThat(one).contains("MSH-10 is empty"),
                        one -> assertThat(one).contains("answered AE, DATA_TYPE_ERROR: PID-7 "));
        assertThat(database.query(told)).hasSize(before + 3).noneMatch(one -> one.contains("secret"));
        assertThat(meters.counter("rigatino.hl7.refused", "reason", "TABLE_VALUE_NOT_FOUND")
                        .count())
                .isEqualTo(5);
        assertThat(meters.counter("rigatino.hl7.refused", "reason", "UNSUPPORTED_EVENT_CODE")
                        .count())
                .isZero();
    }

    /** An auditor takes nothing of it for what Rigatino knows, and no row breaks a line or a table. */
    @Test
    void whatAStrangerCallsItselfIsToldShortAndAsClaimed() throws Exception {
        String message = new Oru()
                .from("<b>DOE^JANE</b>\u0007" + "x".repeat(300))
                .id("Y7;[2J" + "9".repeat(150))
                .toString();
        refused.tell(InboundMessage.header(message.getBytes(StandardCharsets.ISO_8859_1)), fault(1, 5), "192.0.2.4");
        String told =
                "select subject || ' ' || detail from audit_event where kind = 'HL7_REFUSED' and address = '192.0.2.4'";
        assertThat(database.query(told)).singleElement().satisfies(row -> {
            assertThat(row)
                    .startsWith("claimed: ?b?DOE|RADIOLOGY ")
                    .contains("MSH-10 claimed: Y7??2J9")
                    .doesNotContain("JANE", "9".repeat(40));
        });
        refused.tell(
                InboundMessage.header(new Oru().id("\u001b[2J").toString().getBytes(StandardCharsets.ISO_8859_1)),
                fault(1, 5),
                "192.0.2.6");
        assertThat(database.query(told.replace("192.0.2.4", "192.0.2.6")))
                .singleElement()
                .asString()
                .contains("MSH-10 claimed: (cannot be read)");
    }

    private static MessageFault fault(int sequence, int field) {
        return MessageFault.wrong(
                ErrorCode.DATA_TYPE_ERROR, new MessageFault.Place("OBX", sequence, field), "is wrong");
    }

    @Test
    void whoIsRefusedForAHundredReasonsHidesNobodyElse() throws Exception {
        CountedRefusals refusals = new CountedRefusals(refused, meters);
        for (int i = 1; i <= 100; i++) {
            refusals.add(null, fault(1, i), "192.0.2.1");
            refusals.add(null, fault(i, 5), "192.0.2.2");
        }
        assertThat(database.query("select address || ' ' || count(*) from audit_event where kind = 'HL7_REFUSED'"
                        + " and address in ('192.0.2.1', '192.0.2.2') group by address order by address"))
                .containsExactly("192.0.2.1 " + CountedRefusals.MOST_OF_ADDRESS, "192.0.2.2 1");
    }

    @Test
    void aRefusalThatTheTrailCouldNotTellIsToldWhenItComesAgain() throws Exception {
        CountedRefusals refusals = new CountedRefusals(refused, meters);
        database.execute("revoke insert on audit_event from rigatino_app");
        try {
            refusals.add(null, fault(1, 5), "192.0.2.3");
        } finally {
            database.execute("grant insert on audit_event to rigatino_app");
        }
        String told = "select count(*) from audit_event where kind = 'HL7_REFUSED' and address = '192.0.2.3'";
        assertThat(database.query(told)).containsExactly("0");
        refusals.add(null, fault(1, 5), "192.0.2.3");
        refusals.add(null, fault(1, 5), "192.0.2.3");
        assertThat(database.query(told)).containsExactly("1");
    }

    @Test
    void aStudyInDoubtHasNoReportAndAnIdThatIsNobodysNeither() throws Exception {
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, words)"
                + " values ('5.1', 'IN_DOUBT', now(), '')");
        database.execute("insert into identity_statement (study_instance_uid, recorded_at, patient, patient_name,"
                + " patient_id, issuer_of_patient_id, patient_birth_date, patient_sex, accession_number, study_date,"
                + " study_time, study_description, referring_physician, modality, body_part, institution_name,"
                + " station_name, content_sha256, salt) values ('5.1', now(), 'p', '', '4711', 'SITE', '', '', 'ACC7', '',"
                + " '', '', '', '', '', '', '', 'x', '')");
        accepted(new Oru().text("text"));
        assertThat(shown("5.1")).isEmpty();
        database.execute("insert into nobodys_value values ('PATIENT_ID', nobodys_word('unknown'))");
        study("5.2", "ACC8", "UNKNOWN", "SITE", "");
        accepted(new Oru().of("UNKNOWN^^^SITE", "").order("ACC8").text("text"));
        accepted(new Oru().order("ACC9").text("text"));
        assertThat(shown("5.2")).isEmpty();
        assertThat(reports.lastWithoutStudy())
                .extracting(Reports.Waiting::sentBy, Reports.Waiting::why)
                .containsExactly(
                        tuple("RIS|RADIOLOGY", OrderOfNoStudy.NO_STUDY),
                        tuple("RIS|RADIOLOGY", OrderOfNoStudy.NOBODYS_ID),
                        tuple("RIS|RADIOLOGY", OrderOfNoStudy.IN_DOUBT));
        assertThat(reports.withoutStudy())
                .isEqualTo(Map.of(
                        OrderOfNoStudy.IN_DOUBT, 1L, OrderOfNoStudy.NOBODYS_ID, 1L, OrderOfNoStudy.NO_STUDY, 1L));
    }

    @Test
    void theLatestStandsOnTopWhateverTheOrderOfArrival() throws Exception {
        study("6.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().status("C").at("20260102130000+0000").text("third"));
        accepted(new Oru().at("20260102110000+0000").text("first"));
        accepted(new Oru().status("C").at("20260102130000+0100").text("second"));
        assertThat(shown("6.1")).extracting(ReportView::content).containsExactly("third", "second", "first");
    }

    /** It may have been another patient's. */
    @Test
    void whatItsSenderTakesBackIsNotShownAnyMoreAndALaterOneIs() throws Exception {
        study("7.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().at("20260102110000+0000").text("wrong"));
        accepted(new Oru().at("20260102120000+0000").status("C").obx("FT", "\"\"", "W"));
        accepted(new Oru().at("20260102113000+0000").text("late, and wrong too"));
        accepted(new Oru().at("20260102130000+0000").text("right"));
        assertThat(shown("7.1"))
                .extracting(ReportView::status, ReportView::content)
                .containsExactly(
                        tuple(ReportStatus.FINAL, "right"),
                        tuple(ReportStatus.WITHDRAWN, null),
                        tuple(ReportStatus.FINAL, null),
                        tuple(ReportStatus.FINAL, null));
    }

    /** Else the wrong report would stay. */
    @ParameterizedTest
    @CsvSource({
        "R\\S\\OE^JANE,19700101,F,''",
        "DOE=X^JANE,19700101,F,''",
        "DOE^\\C2842\\,19700101,F,''",
        "DOE^JANE,yesterday,F,''",
        "DOE^JANE,19700101,X,''",
        "DOE^JANE,19700101,F,17^\\C2842\\",
    })
    void aWithdrawalIsRefusedForNothingThatItDoesNotNeed(String name, String born, String sex, String interpreter)
            throws Exception {
        study("20.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().text("wrong"));
        accepted(new Oru()
                .of("4711^^^SITE^MR", born)
                .named(name, sex)
                .by(interpreter)
                .at("20260102120000+0000")
                .obx("FT", "\"\"", "W"));
        assertThat(shown("20.1")).extracting(ReportView::content).containsExactly(null, null);
    }

    @Test
    void aWithdrawalUnderTheIdThatIsLeftAfterAMergeTakesBackWhatWasReportedUnderTheOther() throws Exception {
        study("13.1", "ACC7", "4712", "SITE", "19700101");
        database.execute("update study_identity set former_ids = '{4711}', former_issuers = '{SITE}'");
        accepted(new Oru().of("4711^^^SITE", "19700101").text("of another"));
        accepted(new Oru()
                .of("4712^^^SITE", "19700101")
                .at("20260102120000+0000")
                .obx("FT", "", "W"));
        assertThat(shown("13.1")).extracting(ReportView::content).containsExactly(null, null);
    }

    @Test
    void aWithdrawalOfAnotherIssuersPatientTakesNothingBackAndOneWithAnotherBirthDateDoes() throws Exception {
        study("14.1", "ACC7", "4711", "A", "19700101");
        accepted(new Oru().of("4711^^^A", "19700101").text("valid"));
        accepted(new Oru().of("4711^^^B", "19700101").at("20260102120000+0000").obx("FT", "", "W"));
        assertThat(shown("14.1")).extracting(ReportView::content).containsExactly("valid");
        accepted(new Oru().of("4711^^^A", "19700102").at("20260102120000+0000").obx("FT", "", "W"));
        assertThat(shown("14.1")).extracting(ReportView::content).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({
        // OBR-22 and MSH-7 of the withdrawal, and of the report that came after it; whether that is shown
        "202601021100+0000,20260102110010+0000,202601021100+0000,20260102110020+0000,true",
        "202601021100+0000,20260102110020+0000,202601021100+0000,20260102110010+0000,false",
        "202601021100+0000,20260102110010+0000,202601021100+0000,20260102110010+0000,true",
        "202601021100+0000,,202601021100+0000,20260102110010+0000,true",
        "20260102,20260102120000+0000,20260102,20260102110000+0000,false",
        "20260102,20260102110000+0000,20260102,20260102120000+0000,true",
        "20260102,20260102120000+0000,20260103,20260102110000+0000,true",
        "202601021101+0000,20260102110010+0000,202601021100+0000,20260102110020+0000,false",
    })
    void ofTwoOfOneMinuteOrDayTheOneThatWasSentLaterIsTheLater(
            String at, String sent, String laterAt, String laterSent, boolean shown) throws Exception {
        study("15.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().at(at).sent(sent == null ? "" : sent).obx("FT", "", "W"));
        accepted(new Oru().at(laterAt).sent(laterSent).text("right"));
        assertThat(shown("15.1"))
                .filteredOn(report -> report.status() == ReportStatus.FINAL)
                .extracting(ReportView::content)
                .containsExactly(shown ? "right" : null);
    }

    @Test
    void aMeasurementThatIsDeletedTakesNoTextBackAndADocumentThatIsAllThereIsDoes() throws Exception {
        study("16.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().text("stands").obx("NM", "42", "D"));
        assertThat(shown("16.1")).extracting(ReportView::content).containsExactly("stands");
        refused(new Oru().at("20260102120000+0000").obx("NM", "42", "D"), "AE", "OBR^1", "101");
        accepted(new Oru().at("20260102120000+0000").obx("ED", "RIS^APPLICATION^PDF^Base64^SGVsbG8=", "W"));
        assertThat(shown("16.1")).extracting(ReportView::content).containsOnlyNulls();
    }

    @Test
    void theSameMessageAgainIsAnsweredAgainAndKeptOnceAndAnotherUnderItsIdIsKeptToo() throws Exception {
        Oru message = new Oru().id("COUNTER").text("one");
        accepted(message);
        accepted(message);
        listen(Map.of());
        accepted(message);
        assertThat(count()).isOne();
        accepted(new Oru().id("COUNTER").text("another, of a counter that began anew"));
        accepted(new Oru().from("OTHER").id("COUNTER").text("one"));
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void theSameMessageOnTenConnectionsAtOnceIsKeptOnce() throws Exception {
        Oru message = new Oru().text("one");
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<String>> answers = senders.invokeAll(java.util.Collections.nCopies(8, () -> {
            try (MllpPeer peer = new MllpPeer(listener.port())) {
                return peer.send(message.toString());
            }
        }));
        for (Future<String> answer : answers) {
            assertThat(answer.get()).contains("MSA|AA|");
        }
        senders.shutdown();
        assertThat(count()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "UNICODE UTF-8,UTF-8,Gräßliches 山田 Ω",
        "8859/1,ISO-8859-1,Gräßlich",
        "8859/2,ISO-8859-2,Příliš žluťoučký",
        "8859/5,ISO-8859-5,Заключение",
        "8859/15,ISO-8859-15,5 €",
        "GB 18030-2000,GB18030,报告 山田",
        "BIG-5,Big5,功蓋許 報告",
        "KS X 1001,EUC-KR,보고서",
        "ASCII,US-ASCII,plain",
        "'',US-ASCII,plain",
    })
    void charactersAreThoseOfTheSetThatTheMessageNames(String msh18, String charset, String text) throws Exception {
        study("8.1", "ACC7", "4711", "SITE", "19700101");
        String message = new Oru().in(msh18).text(text).toString();
        assertThat(ris.send(message, Charset.forName(charset))).contains("MSA|AA|");
        assertThat(shown("8.1")).extracting(ReportView::content).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'',UTF-8,102", "'',ISO-8859-1,102", "ASCII,UTF-8,102", "UNICODE UTF-8,ISO-8859-1,102",
        "8859/1,windows-1252,102", "UNICODE,UTF-16BE,103", "ISO IR87,UTF-8,103", "WINDOWS-1252,windows-1252,103",
        "8859/1~ISO IR87,ISO-8859-1,103",
    })
    void anotherSetThanTheOneThatIsNamedOrAnUnknownOneIsRefused(String msh18, String charset, String error)
            throws Exception {
        Charset set = charset.equals("UTF-16BE") ? StandardCharsets.UTF_8 : Charset.forName(charset);
        String text = set.newEncoder().canEncode('“') ? "“Größe”" : "Größe";
        refused(new Oru().in(msh18).text(text).toString(), set, "AE", "MSH^1^18", error);
    }

    @Test
    void aSetOfTheSitesHoldsWhereAMessageNamesNone() throws Exception {
        listen(Map.of("character-set", "8859/1"));
        study("9.1", "ACC7", "4711", "SITE", "19700101");
        ris.send(new Oru().in("").text("Größe").toString(), StandardCharsets.ISO_8859_1);
        assertThat(shown("9.1")).extracting(ReportView::content).containsExactly("Größe");
    }

    @Test
    void textIsReadAsItWasWritten() throws Exception {
        study("10.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru()
                .in("8859/1")
                .obx("TX", "a \\T\\ b \\S\\ c \\F\\ d \\E\\ e \\R\\ f", "F")
                .obx("TX", "unescaped ^ and & stay~the next line", "F")
                .obx("FT", "one\\.br\\two\\.sp2\\four \\H\\bold\\N\\ \\XE4\\ \\Zown\\ C:\\x", "F")
                .obx("ED", "RIS^TEXT^PLAIN^Base64^SGVsbG8=", "F")
                .obx("ED", "RIS^APPLICATION^PDF^Base64^SGVsbG8=", "F")
                .obx("TX", "was not asked", "N")
                .obx("NM", "42", "F"));
        assertThat(shown("10.1"))
                .singleElement()
                .extracting(ReportView::content)
                .isEqualTo("a & b ^ c | d \\ e ~ f\nunescaped ^ and & stay\nthe next line\n"
                        + "one\ntwo\n\nfour bold ä \\Zown\\ C:\\x\nHello");
    }

    @Test
    void valuesStandInTheTextBehindWhatTheyAreOfAndWhatDoesNotIsCounted() throws Exception {
        study("18.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru()
                .line("OBX|1|TX|FINDINGS||Oedema.||||||F")
                .line("OBX|2|ST|59776-5^Impression^LN||Acute infarction||||||F")
                .line("OBX|3|CWE|ASPECTS||7^Seven^L||||||F")
                .line("OBX|4|CE|BARE||8||||||F")
                .line("OBX|5|ST|GONE||was wrong||||||D")
                .line("OBX|6|ST|LATER||not yet||||||P")
                .line("OBX|7|NM|ML||42||||||F")
                .line("NTE|1||a note")
                .line("NTE|2||")
                .line("OBX|8|RP|PICTURE||1.2^^^||||||F")
                .line("OBX|9|ED|PDF||RIS^APPLICATION^PDF^Base64^SGVsbG8=||||||F"));
        assertThat(shown("18.1"))
                .extracting(ReportView::content, ReportView::partsNotShown)
                .containsExactly(tuple("Oedema.\n\nImpression: Acute infarction\n\nASPECTS: Seven\n\nBARE: 8", 5));
        accepted(new Oru().at("20260102120000+0000").line("OBX|1|ST|59776-5^Impression^LN||None.||||||F"));
        assertThat(shown("18.1").get(0))
                .extracting(ReportView::content, ReportView::partsNotShown)
                .containsExactly("Impression: None.", 0);
    }

    /** A number without its unit is another number. */
    @Test
    void aValueKeepsItsUnitWhatIsNormalAndThatItIsAbnormal() throws Exception {
        study("19.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru()
                .line("OBX|1|ST|SIZE^Largest diameter^L||12~7|mm^millimeter^UCUM|||||F")
                .line("OBX|2|ST|VOL^Volume^L||4|mL|0-1|H~HH|||F")
                .line("OBX|3|CWE|ASPECTS||7^Seven^L|^^^{score}^points^L||A|||F")
                .line("OBX|4|TX|FINDINGS||3|cm|||||F")
                .line("OBX|5|ST|ODD^Odd^L||5|m\\T\\m||<|||F")
                .line("OBX|6|ST|CAVITY^Cavity^L||12|cm^3|||||F")
                .line("OBX|7|ST|ADC^ADC^L||0.8|10^-3 mm^2/s|0.7^0.9|L|||F")
                .line("OBX|8|ST|CREA^Creatinine^L||1|mg/dL|< 1.2 \\T\\ > 0|||F")
                .line("OBX|9|ST|NONE^None^L||2||\"\"|||F"));
        assertThat(shown("19.1"))
                .extracting(ReportView::content, ReportView::partsNotShown)
                .containsExactly(tuple(
                        "Largest diameter: 12 millimeter\n7 millimeter\n\nVolume: 4 mL (0-1) [H, HH]\n\n"
                                + "ASPECTS: Seven points [A]\n\n3 cm\n\nOdd: 5 m&m [<]\n\nCavity: 12 cm^3\n\nADC: 0.8 10^-3 mm^2/s (0.7^0.9) [L]"
                                + "\n\nCreatinine: 1 mg/dL (< 1.2 & > 0)\n\nNone: 2",
                        0));
    }

    @Test
    void linesMayEndAsInAFileOfThisMachine() throws Exception {
        accepted(new Oru().text("text"));
        assertThat(ris.send(new Oru().text("text").toString().replace("\r", "\n")))
                .contains("MSA|AA|");
        assertThat(ris.send(new Oru().text("text").toString().replace("\r", "\r\n")))
                .contains("MSA|AA|");
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void whatDoesNotStandYetIsAnsweredAndNotKept() throws Exception {
        for (String status : List.of("P", "R", "I", "S", "X", "A")) {
            accepted(new Oru().status(status).text("preliminary"));
        }
        accepted(new Oru().status("").text("nobody says"));
        assertThat(count()).isZero();
        accepted(new Oru().status("").obx("FT", "final", "F"));
        assertThat(count()).isOne();
    }

    @Test
    void ownMessagesThatComeBackAreAnsweredAndNotKept() throws Exception {
        accepted(new Oru().from("RIGATINO").text("ours"));
        String renamed = new Oru().text("ours").toString().replace("36554-4^Chest^LN", "RESTORATION^x^99RIGATINO");
        assertThat(ris.send(renamed)).contains("MSA|AA|");
        accepted(new Oru().line("OBX|1|ST|STATE^x^99RIGATINO||RESTORED||||||F"));
        assertThat(count()).isZero();
    }

    @Test
    void aReportThatQuotesOursOrStandsBesideItIsKept() throws Exception {
        study("17.1", "ACC7", "4711", "SITE", "19700101");
        study("17.2", "ACC8", "4711", "SITE", "19700101");
        String quoting = new Oru()
                .text("No infarction.")
                .line("OBX|2|FT|LESION^x^99RIGATINO||Volume 3 ml||||||F")
                .toString();
        String other = quoting.substring(quoting.indexOf("ORC|")).replace("ACC7", "ACC8");
        String ours =
                other.replace("36554-4^Chest^LN", "RESTORATION^x^99RIGATINO").replace("ACC8", "ACC9");
        assertThat(ris.send(quoting + ours + other)).contains("MSA|AA|");
        for (String uid : List.of("17.1", "17.2")) {
            assertThat(shown(uid)).extracting(ReportView::content).containsExactly("No infarction.");
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsRefusedWithItsPlaceAndNothingOfItIsKept() throws Exception {
        refused(new Oru().order("").text("x"), "AE", "OBR^1^18", "101");
        refused(new Oru().of("", "").text("x"), "AE", "PID^1^3", "101");
        refused(new Oru().of("4711^^^^EI", "").text("x"), "AE", "PID^1^3", "101");
        refused(new Oru().of("4711", "yesterday").text("x"), "AE", "PID^1^7", "102");
        refused(new Oru().at("yesterday").text("x"), "AE", "OBR^1^22", "102");
        refused(new Oru().at("20261301").text("x"), "AE", "OBR^1^22", "102");
        refused(new Oru().at("29990101").text("x"), "AE", "OBR^1^22", "102");
        refused(new Oru().text(""), "AE", "OBX^1^5", "101");
        refused(new Oru(), "AE", "OBR^1", "101");
        refused(new Oru().obx("ED", "RIS^APPLICATION^PDF^Base64^SGVsbG8=", "F"), "AE", "OBR^1", "101");
        refused(new Oru().obx("FT", "x", "F").obx("ED", "RIS^TEXT^^Base64^/w==", "F"), "AE", "OBX^2^5", "102");
        refused(new Oru().obx("FT", "x", "F").obx("FT", "y", "P"), "AE", "OBX^2^11", "103");
        refused(new Oru().obx("FT", "x", "F").obx("FT", "y", "W"), "AE", "OBX^2^11", "103");
        refused(new Oru().text("\\C2842\\"), "AE", "OBX^1^5", "102");
        refused(new Oru().text("\\XFF\\"), "AE", "OBX^1^5", "102");
        refused(new Oru().text("x".repeat(100_001)), "AE", "OBX^1^5", "102");
        String message = new Oru().text("x").toString();
        refused(message.replace("PID|", "ZID|"), StandardCharsets.UTF_8, "AE", "OBR^1", "100");
        refused(message.replace("OBR|", "ZBR|"), StandardCharsets.UTF_8, "AE", "OBX^1", "100");
        refused(message + "lost line\r", StandardCharsets.UTF_8, "AE", "MSH^1", "100");
        // The first order is right, the second is not.
        String second = message.substring(message.indexOf("OBR|")).replace("ACC7", "");
        refused(message + second, StandardCharsets.UTF_8, "AE", "OBR^2^18", "101");
    }

    @Test
    void whoMayNotSendOrSendsWhatIsNotTakenIsRejected() throws Exception {
        refused(new Oru().from("STRANGER").text("x"), "AR", "MSH^1^3", "103");
        String message = new Oru().text("x").toString();
        Charset utf8 = StandardCharsets.UTF_8;
        refused(message.replace("ORU^R01", "ADT^A08"), utf8, "AR", "MSH^1^9", "200");
        refused(message.replace("ORU^R01", "ORU^R30"), utf8, "AR", "MSH^1^9", "201");
        refused(message.replace("|P|2.5.1", "|T|2.5.1"), utf8, "AR", "MSH^1^11", "202");
        refused(message.replace("|P|2.5.1", "|P|3"), utf8, "AR", "MSH^1^12", "203");
        refused(message.replaceFirst("\\|M\\d+\\|", "||"), utf8, "AR", "MSH^1^10", "101");
        refused("no message at all", utf8, "AR", "MSH^1", "100");
        listen(Map.of("sending-facilities", "ELSEWHERE"));
        refused(message, utf8, "AR", "MSH^1^4", "103");
    }

    @Test
    void aMessageOfAMillionDelimitersIsReadInTheMemoryOfItsBytes() throws Exception {
        String message = new Oru().text("x").toString();
        assertThat(ris.send(message.replace("PV1|1|U", "PV1" + "|".repeat(1_000_000))))
                .contains("MSA|AA|");
        assertThat(ris.send(message.replace("OBX|1|FT", "OBX|" + "~^&|".repeat(200_000))))
                .contains("MSA|A");
    }

    @Test
    void whatWouldFillTheRecordIsRejected() throws Exception {
        listen(Map.of("max-reports", "2"));
        accepted(new Oru().order("A1").text("x"));
        accepted(new Oru().order("A2").text("x"));
        refused(new Oru().order("A3").text("x"), "AR", "MSH^1", "207");
    }

    @Test
    void whatTheDatabaseCannotTakeNowIsRejectedWithoutItsWordsAndTakenLater() throws Exception {
        database.execute("revoke insert on report from rigatino_app");
        try {
            refused(new Oru().text("x"), "AR", "MSH^1", "207");
        } finally {
            database.execute("grant insert on report to rigatino_app");
        }
        accepted(new Oru().text("x"));
    }

    @Test
    void anAccessionNumberIsWhereTheSiteSaysItIs() throws Exception {
        study("11.1", "F1", "4711", "SITE", "19700101");
        for (String field : List.of("OBR-3", "ORC-3")) {
            listen(Map.of("accession-number", field));
            accepted(new Oru().text(field));
        }
        assertThat(shown("11.1")).extracting(ReportView::content).containsExactly("ORC-3", "OBR-3");
    }

    /** HAPI's own client, which nobody here wrote. */
    @Test
    void anotherImplementationSendsAndReadsTheAnswer() throws Exception {
        try (HapiContext context = new DefaultHapiContext()) {
            context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
            Connection connection = context.newClient("127.0.0.1", listener.port(), false);
            for (String accession : List.of("ACC7", "")) {
                Message message = context.getPipeParser()
                        .parse(new Oru().order(accession).text("x").toString());
                Terser answer = new Terser(connection.getInitiator().sendAndReceive(message));
                assertThat(answer.get("MSA-1")).isEqualTo(accession.isEmpty() ? "AE" : "AA");
                assertThat(answer.get("MSA-2")).isEqualTo(new Terser(message).get("MSH-10"));
            }
            connection.close();
        }
    }

    @Test
    void whatHasNoStudyGoesAfterItsTimeAndWhatHasStays() throws Exception {
        study("12.1", "ACC7", "4711", "SITE", "19700101");
        accepted(new Oru().text("has"));
        accepted(new Oru().order("ACC8").text("has none"));
        java.time.Instant later = java.time.Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(() -> retention.settle(java.time.Instant.EPOCH)))
                .isZero();
        assertThat(database.inTransaction(() -> retention.settle(later))).isOne();
        assertThat(database.query("select content from report")).containsExactly("has");
        assertThat(database.inTransaction(() -> retention.settle(later))).isZero();
        accepted(new Oru().at("20260102120000+0000").obx("FT", "", "W"));
        assertThat(shown("12.1")).extracting(ReportView::content).containsOnlyNulls();
        assertThat(database.inTransaction(() -> retention.deleteBefore(later))).isOne();
        assertThat(database.query("select status from report")).containsExactly("WITHDRAWN");
        assertThat(database.inTransaction(() -> retention.deleteBefore(later))).isOne();
        assertThat(count()).isZero();
    }
}
