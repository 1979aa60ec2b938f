package org.rigatino.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;

/**
 * Audits who saw what: every page of a study, every look at who its patients are, and once an hour for each name and address the pictures of a study,
 * the answers to its findings, its reports and each question to the trail, but for questions of what no row has: each.
 */
@ApplicationScoped
@PersonsAct
public class ViewRecord {
    @Inject
    AuditTrail audit;

    @Inject
    ObjectMapper json;

    @Inject
    TransactionSynchronizationRegistry transaction;

    private final OnceAnHour seen = new OnceAnHour();

    @Transactional
    public void opened(String studyInstanceUid, Actor actor) {
        append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, "the study's page");
        seen.recorded(key(studyInstanceUid, actor), transaction);
    }

    @Transactional
    public void pictured(String studyInstanceUid, String sopInstanceUid, Actor actor) {
        String key = key(studyInstanceUid, actor);
        if (seen.isNew(key, transaction)) {
            String detail = "pictures, the first of instance " + sopInstanceUid;
            append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, detail);
            seen.recorded(key, transaction);
        }
    }

    /** What people said of its findings; comments may name a patient. */
    @Transactional
    public void answered(String studyInstanceUid, boolean comments, Actor actor) {
        String detail = "answers to its findings, " + (comments ? "with" : "without") + " comments";
        String key = key(studyInstanceUid + " " + detail, actor);
        if (seen.isNew(key, transaction)) {
            append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, detail);
            seen.recorded(key, transaction);
        }
    }

    /** What radiologists reported of it: again where there is another one since. */
    @Transactional
    public void reported(String studyInstanceUid, List<Long> reports, Actor actor) {
        String detail = "reports of radiologists: "
                + reports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String key = key(studyInstanceUid + " " + detail, actor);
        if (seen.isNew(key, transaction)) {
            append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, detail);
            seen.recorded(key, transaction);
        }
    }

    /** What was found in it, on the page of a later one of its patient: not of which, so that the trail joins no two studies. */
    @Transactional
    public void compared(String studyInstanceUid, Actor actor) {
        String detail = "its findings, beside those of a later study of the patient";
        String key = key(studyInstanceUid + " " + detail, actor);
        if (seen.isNew(key, transaction)) {
            append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, detail);
            seen.recorded(key, transaction);
        }
    }

    /** Who the patients are was read from the study's files: each look. */
    @Transactional
    public void identified(String studyInstanceUid, Actor actor) {
        append(EventKind.STUDY_VIEWED, studyInstanceUid, actor, "the patients that its instances name");
    }

    /** The trail itself was read (PS3.15 A.5.3.2). @param filter as the trail may have it */
    @Transactional
    public void asked(AuditFilter filter, Actor actor) {
        String which = text(filter);
        String key = key(which, actor);
        if (!filter.isRecordedWhole()) {
            append(EventKind.AUDIT_VIEWED, filter.recordedStudy(), actor, which);
        } else if (seen.isNew(key, transaction)) {
            append(EventKind.AUDIT_VIEWED, filter.recordedStudy(), actor, which);
            seen.recorded(key, transaction);
        }
    }

    private String text(AuditFilter filter) {
        try {
            return filter.isWhole() ? "all" : json.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a filter is text alone", e);
        }
    }

    private void append(EventKind kind, String studyInstanceUid, Actor actor, String detail) {
        audit.append(actor.did(new AuditTrail.Event(kind, studyInstanceUid, null, detail)));
    }

    private static String key(String what, Actor actor) {
        return what + " " + actor.name() + " " + actor.address();
    }
}
