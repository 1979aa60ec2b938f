package org.rigatino.archive;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicomweb.RetrievalRecord;

/** What people ask of archives. Every search is audited with what became of it, and one at a time is made in each archive. */
@ApplicationScoped
class Fetches {
    /** Of one search. */
    private static final int MOST_STUDIES = 100;

    @Inject
    StudySearch search;

    @Inject
    RetrievalRecord record;

    @Inject
    AuditTrail audit;

    private final Set<String> searching = ConcurrentHashMap.newKeySet();

    /** @param id of the retrieval */
    record Asked(ListedStudy study, long id) {}

    /**
     * Asks for the studies that match; none where none does.
     *
     * @param source an archive
     * @throws IllegalStateException where a search in it is under way
     */
    List<Asked> fetch(String source, StudyQuery query, Actor by) throws DicomException {
        if (!searching.add(source)) {
            throw new IllegalStateException("a search in " + source + " is under way: wait for its outcome");
        }
        try {
            List<ListedStudy> found = search.search(source, query);
            if (found.size() > MOST_STUDIES) {
                throw new DicomException(found.size() + " studies match, and " + MOST_STUDIES
                        + " at most are fetched at once: ask for fewer dates");
            }
            return QuarkusTransaction.requiringNew().call(() -> ask(source, query, found, by));
        } catch (DicomException e) {
            QuarkusTransaction.requiringNew()
                    .run(() -> record(source, query, "nothing fetched: " + e.getMessage(), by));
            throw e;
        } finally {
            searching.remove(source);
        }
    }

    private List<Asked> ask(String source, StudyQuery query, List<ListedStudy> found, Actor by) {
        record(source, query, found.size() + " studies found", by);
        return found.stream()
                .map(study -> new Asked(
                        study,
                        record.ask(
                                study.studyInstanceUid(), source, "by a person, who searched by " + query.key(), by)))
                .toList();
    }

    /** What was searched for is whose a study is, and not said. */
    private void record(String source, StudyQuery query, String what, Actor by) {
        audit.append(by.did(new AuditTrail.Event(
                EventKind.SOURCE_SEARCHED, query.studyInstanceUid(), source, "by " + query.key() + ": " + what)));
    }
}
