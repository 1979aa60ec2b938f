package org.rigatino.dicomweb;

import java.util.Optional;
import java.util.OptionalInt;
import org.rigatino.dicom.DicomException;

/** What a source lists a study as, held against what came once that is here. */
public interface StudyWitness {
    /**
     * Before the study is fetched.
     *
     * @param earlierThan beside which study it was asked for as an earlier one of the patient
     * @throws HopelessRetrievalException where the source lists it more than once, under different patients, or it is not known
     *     to be of that patient any more
     * @throws DicomException where it cannot be asked, or lists no such study
     */
    Testimony of(String source, String studyInstanceUid, Optional<EarlierThan> earlierThan) throws DicomException;

    /** What it lists. */
    interface Testimony {
        /** Number of Study Related Instances (0020,1208), which sources need not tell. */
        OptionalInt instances();

        /**
         * After the study was fetched.
         *
         * @param besides what else went wrong, for people
         * @throws HopelessRetrievalException where instances name another patient: the study is held back
         * @throws DicomException where nobody can tell whom one names, since the file system does not give its file
         */
        void hold(String besides) throws DicomException;
    }
}
