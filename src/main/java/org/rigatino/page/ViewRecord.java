package org.rigatino.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.rigatino.audit.AuditTrail;
import org.rigatino.triage.Actor;

/** Audits who saw which study: every page, and pictures once an hour for each study, name and address. */
@ApplicationScoped
public class ViewRecord {
    private static final int STUDIES = 100_000;

    @Inject
    AuditTrail audit;

    private final Cache<String, Boolean> seen = Caffeine.newBuilder()
            .maximumSize(STUDIES)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    @Transactional
    public void opened(String studyInstanceUid, Actor actor) {
        append(studyInstanceUid, actor, "the study's page");
        seen.put(key(studyInstanceUid, actor), true);
    }

    @Transactional
    public void pictured(String studyInstanceUid, String sopInstanceUid, Actor actor) {
        String key = key(studyInstanceUid, actor);
        if (seen.getIfPresent(key) == null) {
            append(studyInstanceUid, actor, "pictures, the first of instance " + sopInstanceUid);
            seen.put(key, true);
        }
    }

    private void append(String studyInstanceUid, Actor actor, String detail) {
        audit.append(new AuditTrail.Event("STUDY_VIEWED", studyInstanceUid, null, detail)
                .by(actor.name())
                .from(actor.address()));
    }

    private static String key(String studyInstanceUid, Actor actor) {
        return studyInstanceUid + " " + actor.name() + " " + actor.address();
    }
}
