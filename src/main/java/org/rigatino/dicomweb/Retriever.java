package org.rigatino.dicomweb;

import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.DicomException;

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
     * @param stored instances that are on record
     * @param failed instances that came and were refused
     * @param detail for the trail
     */
    record Retrieved(int stored, int failed, String detail) {}
}
