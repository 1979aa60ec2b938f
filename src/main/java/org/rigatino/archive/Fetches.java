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
public class Fetches {
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

    /** A search, and what is made of what it finds. */
    interface Search<T> {
        T run() throws DicomException;
    }

    /** @throws SearchUnderWayException where another is under way in the source */
    <T> T alone(String source, Search<T> one) throws DicomException {
        if (!searching.add(source)) {
            throw new SearchUnderWayException(source);
        }
        try {
            return one.run();
        } finally {
            searching.remove(source);
        }
    }

    /**
     * Asks for the studies that match.
     *
     * @param source an archive
     * @return their retrievals; none where none matches
     * @throws SearchUnderWayException where a search in it is under way
     */
    public List<Long> retrievals(String source, StudyQuery query, Actor by) throws DicomException {
        return fetch(source, query, by).stream().map(Asked::id).toList();
    }

    /** As {@link #retrievals}. */
    List<Asked> fetch(String source, StudyQuery query, Actor by) throws DicomException {
        return alone(source, () -> search(source, query, by));
    }

    private List<Asked> search(String source, StudyQuery query, Actor by) throws DicomException {
        try {
            List<ListedStudy> found = search.search(source, query);
            if (found.size() > MOST_STUDIES) {
                throw new DicomException(found.size() + " studies match, and " + MOST_STUDIES
                        + " at most are fetched at once: ask for fewer dates");
            }
            return QuarkusTransaction.requiringNew().call(() -> ask(source, query, found, by));
        } catch (DicomException e) {
            QuarkusTransaction.requiringNew()
                    .run(() -> record(source, query, AuditTrail.NOTHING_FETCHED + e.getMessage(), by));
            throw e;
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
