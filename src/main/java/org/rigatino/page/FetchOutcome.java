package org.rigatino.page;

import java.util.List;
import org.rigatino.archive.SourceResource;
import org.rigatino.dicomweb.RetrievalRecord;

/**
 * What came of asking an archive for a study; one of them is there, or none.
 *
 * @param retrievals how it stands with what is fetched
 * @param several of as many patients as match, of which none is fetched
 * @param refused why nothing is
 * @param asked what the form has
 */
public record FetchOutcome(
        List<RetrievalRecord.Status> retrievals,
        boolean nothing,
        List<SourceResource.Study> several,
        Spoken refused,
        Asked asked) {
    /** As it was typed; empty where nothing was. */
    public record Asked(String source, String accession, String study) {
        public static final Asked NOTHING = new Asked("", "", "");

        public Asked {
            accession = accession == null ? "" : accession;
            study = study == null ? "" : study;
        }
    }

    static FetchOutcome nothing(Asked asked) {
        return new FetchOutcome(List.of(), true, List.of(), null, asked);
    }

    static FetchOutcome of(List<RetrievalRecord.Status> retrievals) {
        return new FetchOutcome(retrievals, false, List.of(), null, Asked.NOTHING);
    }

    static FetchOutcome refused(Exception cause, List<SourceResource.Study> several, Asked asked, Language language) {
        return new FetchOutcome(List.of(), false, several, Spoken.of(cause, language), asked);
    }
}
