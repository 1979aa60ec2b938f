package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.rigatino.access.UserChanges;
import org.rigatino.access.UserView;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DestinationView;
import org.rigatino.deliver.Destinations;
import org.rigatino.identity.ListedMessages;
import org.rigatino.identity.NotCorrected;
import org.rigatino.identity.OrderOfNoStudy;
import org.rigatino.identity.PatientMessageView;
import org.rigatino.ingest.Senders;
import org.rigatino.report.Reports;
import org.rigatino.rule.RulesView;
import org.rigatino.web.FailedStudies;
import org.rigatino.web.FailedStudies.FailedStage;
import org.rigatino.web.FailedStudies.FailedStudy;
import org.rigatino.web.PatientsInDoubt;
import org.rigatino.web.PatientsInDoubt.Waiting;
import org.rigatino.web.RefusedStudies;
import org.rigatino.web.RulesQueries;
import org.rigatino.workitem.WorkitemView;
import org.rigatino.workitem.Workitems;

/** What the page tells those who operate. */
@ApplicationScoped
class AdministrationContents {
    private static final int MOST_STUDIES = 100;
    private static final int MOST_EVENTS = 20;
    private static final AuditFilter REFUSED =
            new AuditFilter(null, null, null, List.of(EventKind.EVENT_REFUSED.name()), null);

    private static final AuditFilter NOT_CORRECTED =
            new AuditFilter(null, null, null, List.of(EventKind.PATIENT_NOT_CORRECTED.name()), null);

    private static final AuditFilter HL7_REFUSED =
            new AuditFilter(null, null, null, List.of(EventKind.HL7_REFUSED.name()), null);

    @Inject
    Destinations destinations;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    FailedStudies failures;

    @Inject
    RefusedStudies refusedStudies;

    @Inject
    PatientsInDoubt patients;

    @Inject
    AuditRows trail;

    @Inject
    Workitems workitems;

    @Inject
    Senders senders;

    @Inject
    UserChanges users;

    @Inject
    Reports reports;

    @Inject
    ListedMessages messages;

    @Inject
    RulesQueries rules;

    /** Reports that came and wait. */
    public record WithoutStudy(OrderOfNoStudy why, long count) {}

    /**
     * How it stands.
     *
     * @param aeTitle our own as a sender
     * @param failed the last to fail first, {@value #MOST_STUDIES} at most
     * @param inDoubt refused for their patient, the last first, {@value #MOST_STUDIES} at most
     * @param refusedStudies that can be judged anew
     * @param workitems of services that hand out work, which need not be there
     * @param users of the built-in store
     * @param notCorrected corrections of patients that were in doubt, the last {@value #MOST_EVENTS}
     * @param messages of patients, the last that came
     * @param hl7Refused HL7 messages that were refused, the last {@value #MOST_EVENTS} that the trail tells of
     * @param withoutStudy reports of radiologists, by why they have none
     * @param rules of the house, and what is wrong with them
     * @param lastWithoutStudy the last of those that came
     * @param refused events of other producers that could not be used, the last {@value #MOST_EVENTS}
     */
    public record Administration(
            String aeTitle,
            List<DestinationView> destinations,
            List<FailedStage> stages,
            List<FailedStudy> failed,
            List<Waiting> inDoubt,
            long allInDoubt,
            RefusedStudies.Page refusedStudies,
            WorkitemView workitems,
            List<AuditRow> refused,
            Senders.View senders,
            List<UserView> users,
            List<WithoutStudy> withoutStudy,
            List<Reports.Waiting> lastWithoutStudy,
            List<NotCorrected> notCorrected,
            List<PatientMessageView> messages,
            List<RefusedHl7> hl7Refused,
            RulesView rules) {
        public long allFailed() {
            return stages.stream().mapToLong(FailedStage::revisions).sum();
        }

        public DestinationView destination(String name) {
            return destinations.stream()
                    .filter(destination -> destination.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param refusedPage of refused studies, from 0 */
    Administration now(int refusedPage) {
        return new Administration(
                deliver.aeTitle(),
                destinations.list(),
                failures.stages(),
                failures.latest(MOST_STUDIES),
                patients.latest(MOST_STUDIES),
                patients.count(),
                refusedStudies.page(refusedPage),
                workitems.list(),
                trail.before(Long.MAX_VALUE, REFUSED, MOST_EVENTS),
                senders.view(),
                users.view().users(),
                reports.withoutStudy().entrySet().stream()
                        .map(one -> new WithoutStudy(one.getKey(), one.getValue()))
                        .toList(),
                reports.lastWithoutStudy(),
                trail.before(Long.MAX_VALUE, NOT_CORRECTED, MOST_EVENTS).stream()
                        .map(NotCorrected::of)
                        .toList(),
                messages.list(),
                trail.before(Long.MAX_VALUE, HL7_REFUSED, MOST_EVENTS).stream()
                        .map(RefusedHl7::of)
                        .toList(),
                rules.view());
    }
}
