package org.rigatino.audit.syslog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openehealth.ipf.commons.audit.codes.EventActionCode;
import org.openehealth.ipf.commons.audit.codes.EventOutcomeIndicator;
import org.openehealth.ipf.commons.audit.codes.EventTypeCode;
import org.openehealth.ipf.commons.audit.codes.MediaTypeCode;
import org.openehealth.ipf.commons.audit.codes.ParticipantObjectTypeCodeRole;
import org.openehealth.ipf.commons.audit.event.ApplicationActivityBuilder;
import org.openehealth.ipf.commons.audit.event.AuditLogUsedBuilder;
import org.openehealth.ipf.commons.audit.event.BaseAuditMessageBuilder;
import org.openehealth.ipf.commons.audit.event.DataExportBuilder;
import org.openehealth.ipf.commons.audit.event.DataImportBuilder;
import org.openehealth.ipf.commons.audit.event.DicomInstancesAccessedBuilder;
import org.openehealth.ipf.commons.audit.event.DicomInstancesTransferredBuilder;
import org.openehealth.ipf.commons.audit.event.DicomStudyDeletedBuilder;
import org.openehealth.ipf.commons.audit.event.QueryBuilder;
import org.openehealth.ipf.commons.audit.event.SecurityAlertBuilder;
import org.openehealth.ipf.commons.audit.event.UserAuthenticationBuilder;
import org.openehealth.ipf.commons.audit.model.AuditMessage;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;

/**
 * Which rows are messages of PS3.15 A.5.3, and which. Kinds that the standard has no message for, steps of the pipeline
 * mostly, have none. The trail knows no patient: the ID of the patient that a message must name is {@link #NO_PATIENT}.
 */
@ApplicationScoped
class AuditMessages {
    static final String NO_PATIENT = "not recorded";

    private static final String UNKNOWN = "unknown";
    private static final String FILES = "files";
    /** Of {@code DELIVERY_TAKEN_ELSEWHERE} and {@code DELIVERY_TAKEN_LATE}: their destination may be elsewhere by now. */
    private static final Pattern TAKEN_BY = Pattern.compile(
            "\\btaken by (.+?)(?: after the destination was|, which had it under way|, and (?:is|are) sent)");

    /** Of {@code DELIVERY_CONFIRMED}; an AE title may have a comma or a semicolon. */
    private static final Pattern PROVED_BY =
            Pattern.compile("^by [A-Z_]+ of (.+?)(?:, sha256 |, stored with warning |; \\S+ was answered with )");

    /** Of {@code DELIVERED_WITHOUT_PROOF}. */
    private static final Pattern ANSWERED_BY = Pattern.compile("; the archive is (.+?)(?:; sha256 |$)");

    private static final Pattern SEARCH_FAILED = Pattern.compile("by [^:]+: " + AuditTrail.NOTHING_FETCHED);

    private static final Pattern NOT_TAKEN = Pattern.compile("\\d+" + AuditTrail.NOT_TAKEN);

    private static final EventOutcomeIndicator SUCCESS = EventOutcomeIndicator.Success;
    private static final EventOutcomeIndicator MINOR = EventOutcomeIndicator.MinorFailure;
    private static final EventOutcomeIndicator FAILURE = EventOutcomeIndicator.SeriousFailure;

    @Inject
    DataSource dataSource;

    @Inject
    AuditSource source;

    @ConfigProperty(name = "rigatino.ingest.ae-title", defaultValue = "RIGATINO")
    String aeTitle;

    /** Of deliveries, and of queries for what was delivered. */
    @ConfigProperty(name = "rigatino.deliver.ae-title", defaultValue = "${rigatino.ingest.ae-title:RIGATINO}")
    String deliveringAeTitle;

    /** @throws org.openehealth.ipf.commons.audit.AuditException where a message lacks what PS3.15 A.5.3 demands */
    List<AuditMessage> of(AuditRow row) {
        return builders(row).stream().map(message -> complete(message, row)).toList();
    }

    private AuditMessage complete(BaseAuditMessageBuilder<?> message, AuditRow row) {
        message.setAuditSource(source.id());
        AuditMessage complete = message.getMessage();
        complete.getEventIdentification().setEventDateTime(row.occurredAt());
        complete.getEventIdentification().setEventOutcomeDescription(row.detail() + " [" + row.anchor() + "]");
        message.validate();
        return complete;
    }

    private List<BaseAuditMessageBuilder<?>> builders(AuditRow row) {
        return switch (row.kind()) {
            case "DELIVERY_CONFIRMED" ->
                row.detail().startsWith("by Q") ? List.of(query(row), delivered(row)) : List.of(delivered(row));
            case "DELIVERED_WITHOUT_PROOF" ->
                List.of(row.detail().startsWith("listed there and not sent") ? query(row) : delivered(row));
            case "DELIVERY_TAKEN_ELSEWHERE", "DELIVERY_TAKEN_LATE" -> List.of(delivered(row));
            default ->
                Stream.<BaseAuditMessageBuilder<?>>ofNullable(builder(row)).toList();
        };
    }

    private BaseAuditMessageBuilder<?> builder(AuditRow row) {
        return switch (row.kind()) {
            case "APPLICATION_STARTED" -> activity(row, EventTypeCode.ApplicationStart);
            case "APPLICATION_STOPPED" -> activity(row, EventTypeCode.ApplicationStop);
            case "STUDY_READY" -> received(row, SUCCESS);
            case "STUDY_RETRIEVED" ->
                received(row, NOT_TAKEN.matcher(row.detail()).lookingAt() ? MINOR : SUCCESS);
            case "RETRIEVAL_FAILED" -> received(row, FAILURE, row.subject(), List.of());
            case "SOURCE_SEARCHED" -> searched(row);
            case "ANSWERS_EXPORTED", "BACKUP_MADE" -> exported(row);
            case "BACKUP_RESTORED" -> imported(row);
            case "STUDY_VIEWED", "STUDY_ACKNOWLEDGED", "FINDING_ANSWERED" -> accessed(row);
            case "INSTANCES_DELETED", "OUTPUTS_DELETED" -> deleted(row);
            case "AUDIT_VIEWED", "AUDIT_EXPORTED" -> trailUsed(row);
            case "SIGN_IN" -> signIn(row, SUCCESS);
            case "SIGN_IN_REFUSED" -> signIn(row, FAILURE);
            case "SIGN_IN_BLOCKED" -> alert(row, FAILURE, EventTypeCode.NodeAuthentication);
            case "INSTANCE_REFUSED", "EVENT_REFUSED" -> alert(row, FAILURE, EventTypeCode.UseOfRestrictedFunction);
            case "USER_ADDED",
                    "USER_DISABLED",
                    "USER_ENABLED",
                    "USER_PASSWORD_CHANGED",
                    "USER_ROLES_CHANGED",
                    "USER_REMOVED" -> alert(row, SUCCESS, EventTypeCode.UserSecurityAttributesChanged);
            case "CONFIGURATION_RECORDED", "CONFIGURATION_CHANGED", "SENDER_ADDED", "SENDER_REMOVED" ->
                alert(row, SUCCESS, EventTypeCode.SecurityConfiguration);
            case "RELEASE_PROMOTED",
                    "RELEASE_WITHDRAWN",
                    "DESTINATION_ADDED",
                    "DESTINATION_CHANGED",
                    "DESTINATION_REMOVED" -> alert(row, SUCCESS, EventTypeCode.SoftwareConfiguration);
            default -> null;
        };
    }

    /** A.5.3.1. */
    private BaseAuditMessageBuilder<?> activity(AuditRow row, EventTypeCode type) {
        return new ApplicationActivityBuilder<>(SUCCESS, null, type)
                .setApplicationParticipant(row.subject(), aeTitles(aeTitle), "Rigatino", row.address())
                .addApplicationStarterParticipant(person(row), null, row.actor(), row.address());
    }

    /** By those whose instances the study has. */
    private BaseAuditMessageBuilder<?> received(AuditRow row, EventOutcomeIndicator outcome) {
        List<String> senders = senders(row.studyInstanceUid());
        return received(row, outcome, senders.isEmpty() ? UNKNOWN : senders.get(0), senders);
    }

    /** A.5.3.7, to here. */
    private BaseAuditMessageBuilder<?> received(
            AuditRow row, EventOutcomeIndicator outcome, String sender, List<String> senders) {
        return new DicomInstancesTransferredBuilder(outcome, null, EventActionCode.Create, null)
                .setSendingProcessParticipant(sender, aeTitles(String.join(";", senders)), null, null, true)
                .setReceivingProcessParticipant(source.id(), aeTitles(aeTitle), "Rigatino", AuditSource.host(), false)
                .setPatientParticipantObject(NO_PATIENT, null)
                .addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    private List<String> senders(String studyInstanceUid) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select distinct calling_ae_title from instance"
                        + " join study on study.id = study_id where study_instance_uid = ? order by 1")) {
            select.setString(1, studyInstanceUid);
            try (ResultSet rows = select.executeQuery()) {
                List<String> senders = new ArrayList<>();
                while (rows.next()) {
                    senders.add(rows.getString(1));
                }
                return senders;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the senders of a study are not known: " + e.getMessage(), e);
        }
    }

    /** A.5.3.7, from here, once it was taken. */
    private BaseAuditMessageBuilder<?> delivered(AuditRow row) {
        return new DicomInstancesTransferredBuilder(SUCCESS, null, EventActionCode.Read, null)
                .setSendingProcessParticipant(
                        source.id(), aeTitles(deliveringAeTitle), "Rigatino", AuditSource.host(), true)
                .setReceivingProcessParticipant(receiver(row), null, null, null, false)
                .setPatientParticipantObject(NO_PATIENT, null)
                .addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    /** A.5.3.10: a query that an object was found by. */
    private BaseAuditMessageBuilder<?> query(AuditRow row) {
        return query(receiver(row), deliveringAeTitle, true, SUCCESS)
                .addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    /** A.5.3.10: one for studies, by a person. */
    private BaseAuditMessageBuilder<?> searched(AuditRow row) {
        boolean failed = SEARCH_FAILED.matcher(row.detail()).lookingAt();
        QueryBuilder query = query(row.subject(), aeTitle, false, failed ? FAILURE : SUCCESS)
                .addOtherActiveParticipant(person(row), null, row.actor(), null, row.address(), true);
        return row.studyInstanceUid() == null
                ? query
                : query.addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    private QueryBuilder query(String responding, String asked, boolean ofItself, EventOutcomeIndicator outcome) {
        return new QueryBuilder(outcome, null, null)
                .setQueryingParticipant(source.id(), aeTitles(asked), "Rigatino", AuditSource.host(), ofItself)
                .setRespondingParticipant(responding, null, null, null, false);
    }

    /** A.5.3.4, to files of the host that it was done at. */
    private BaseAuditMessageBuilder<?> exported(AuditRow row) {
        return new DataExportBuilder(SUCCESS, null, null)
                .addExportingParticipant(person(row), null, row.actor(), row.address(), true)
                .setDestinationMediaParticipant(FILES, null, null, null, null, row.address(), MediaTypeCode.URI)
                .addPatientParticipantObject(NO_PATIENT, null, List.of(), null);
    }

    /** A.5.3.5, of files. */
    private BaseAuditMessageBuilder<?> imported(AuditRow row) {
        return new DataImportBuilder(SUCCESS, null, null)
                .addImportingParticipant(person(row), null, row.actor(), row.address(), true)
                .setSourceMediaParticipant(FILES, null, null, null, row.address(), null, MediaTypeCode.URI)
                .addPatientParticipantObject(NO_PATIENT, null, List.of(), null);
    }

    /** A.5.3.6. */
    private BaseAuditMessageBuilder<?> accessed(AuditRow row) {
        return new DicomInstancesAccessedBuilder(SUCCESS, null, EventActionCode.Read, null)
                .addActiveParticipant(person(row), null, row.actor(), true, List.of(), row.address())
                .addActiveParticipant(source.id(), null, "Rigatino", false, List.of(), AuditSource.host())
                .setPatientParticipantObject(NO_PATIENT, null)
                .addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    /** A.5.3.8. */
    private BaseAuditMessageBuilder<?> deleted(AuditRow row) {
        return new DicomStudyDeletedBuilder(SUCCESS, null, null)
                .addActiveParticipant(source.id(), null, "Rigatino", true, List.of(), AuditSource.host())
                .setPatientParticipantObject(NO_PATIENT, null)
                .addStudyParticipantObject(row.studyInstanceUid(), List.of());
    }

    /** A.5.3.2. */
    private BaseAuditMessageBuilder<?> trailUsed(AuditRow row) {
        return new AuditLogUsedBuilder(SUCCESS, null)
                .addAccessingParticipant(person(row), null, row.actor(), true, List.of(), row.address())
                .addAuditLogIdentity("urn:rigatino:audit_event");
    }

    /** A.5.3.12. */
    private BaseAuditMessageBuilder<?> signIn(AuditRow row, EventOutcomeIndicator outcome) {
        return new UserAuthenticationBuilder(outcome, null, EventTypeCode.Login)
                .setAuthenticatedParticipant(person(row), address(row))
                .setAuthenticatingSystemParticipant(source.id(), AuditSource.host());
    }

    /** A.5.3.11. */
    private BaseAuditMessageBuilder<?> alert(AuditRow row, EventOutcomeIndicator outcome, EventTypeCode type) {
        SecurityAlertBuilder alert = new SecurityAlertBuilder(outcome, null, type)
                .addReportingActiveParticipant(source.id(), null, "Rigatino", null, AuditSource.host(), true);
        if (row.actor() != null || row.address() != null) {
            alert.addPerformingActiveParticipant(person(row), null, row.actor(), null, row.address());
        }
        return alert.addAlertNodeSubjectParticipantObject(
                row.subject() == null ? source.id() : row.subject(),
                ParticipantObjectTypeCodeRole.SecurityResource,
                row.kind());
    }

    /** The place that the row names; the destination where it names none. */
    private static String receiver(AuditRow row) {
        return Stream.of(TAKEN_BY, PROVED_BY, ANSWERED_BY)
                .map(pattern -> pattern.matcher(row.detail()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseGet(() -> destination(row));
    }

    /** Of {@code UID at DESTINATION}. */
    private static String destination(AuditRow row) {
        return row.subject().substring(row.subject().lastIndexOf(' ') + 1);
    }

    /** A.5.2.1: loginName@domain-name; whoever is not known is where the request came from. */
    private String person(AuditRow row) {
        if (row.actor() == null) {
            return row.subject() == null ? UNKNOWN : row.subject();
        }
        return row.actor().contains("@") ? row.actor() : row.actor() + "@" + source.id();
    }

    private static String address(AuditRow row) {
        return row.address() == null ? UNKNOWN : row.address();
    }

    /** A.5.2.2. */
    private static String aeTitles(String title) {
        return "AETITLES=" + title;
    }
}
