package org.rigatino.dicomweb;

import org.rigatino.dicom.DicomException;

/** The patient that a source lists a study under, held against those that its instances name once they are here. */
public interface PatientWitness {
    /**
     * Before the study is fetched.
     *
     * @throws HopelessRetrievalException where the source lists it more than once, under different patients
     * @throws DicomException where it cannot be asked, or lists no such study
     */
    Testimony of(String source, String studyInstanceUid) throws DicomException;

    /** What it lists. */
    interface Testimony {
        /**
         * After the study was fetched.
         *
         * @param besides what else went wrong, for people
         * @throws HopelessRetrievalException where instances name another patient: the study is held back
         */
        void hold(String besides) throws HopelessRetrievalException;
    }
}
