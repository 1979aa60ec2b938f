package org.rigatino.dicomweb;

import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.ingest.AskedStudies;

/** Fetches studies from sources of one kind into ingest. Called by one thread for each source. */
public interface Retriever {
    /** Names of the sources, none of which another retriever has. */
    Set<String> sources();

    /**
     * Returns once the study is whole here.
     *
     * @throws HopelessRetrievalException where another attempt would end in the same way
     * @throws DicomException where another attempt may help
     */
    Retrieved retrieve(Wanted study) throws DicomException;

    /** @throws HopelessRetrievalException where of all that came nothing is in the study that was asked for */
    static void demandAny(String source, AskedStudies.Came came) throws HopelessRetrievalException {
        if (came.elsewhere() > 0 && came.here() == came.own()) {
            throw new HopelessRetrievalException(source + " sent " + came.all() + " instances, and all "
                    + came.elsewhere() + " that are not made by Rigatino are known under study " + came.otherStudy()
                    + ", and stay there: it has put them into the study that was asked for, under the same SOP Instance"
                    + " UIDs. Let it give them new SOP Instance UIDs, and ask again");
        }
    }

    /**
     * What was asked for.
     *
     * @param searched whether it was found by a search of the source, so that the source can be asked whose it is
     * @param earlierThan where it was asked for as an earlier study of a patient; it is fetched as that or not at all
     */
    record Wanted(String source, String studyInstanceUid, boolean searched, Optional<EarlierThan> earlierThan) {}

    /**
     * What came.
     *
     * @param stored instances of the study that are on record
     * @param failed instances that came and were refused, or are of another study on record
     * @param detail for the trail
     */
    record Retrieved(int stored, int failed, String detail) {}
}
