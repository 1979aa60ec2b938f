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
 */
public record FetchOutcome(
        List<RetrievalRecord.Status> retrievals, boolean nothing, List<SourceResource.Study> several, Spoken refused) {
    static final FetchOutcome NOTHING = new FetchOutcome(List.of(), true, List.of(), null);

    static FetchOutcome of(List<RetrievalRecord.Status> retrievals) {
        return new FetchOutcome(retrievals, false, List.of(), null);
    }

    static FetchOutcome refused(Exception cause, List<SourceResource.Study> several, Language language) {
        return new FetchOutcome(List.of(), false, several, Spoken.of(cause, language));
    }
}
