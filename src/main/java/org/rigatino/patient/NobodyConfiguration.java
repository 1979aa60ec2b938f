package org.rigatino.patient;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Values that senders write where a patient's are not known. A study that has one of them is nobody's earlier study. */
@ConfigMapping(prefix = "rigatino.nobody")
public interface NobodyConfiguration {
    String PATIENT_IDS = "0,123456,999999,ANON,ANONYM,ANONYMOUS,ANONYMIZED,ANONYMISED,"
            + "UNKNOWN,UNBEKANNT,NONE,NULL,NA,N/A,TEST,PATIENT,PHANTOM,QA,QC,EMERGENCY,NOTFALL,TRAUMA";

    String NAMES = "ANON,ANONYM,ANONYMOUS,ANONYMOUS^PATIENT,ANONYMIZED,ANONYMISED,UNKNOWN,UNKNOWN^UNKNOWN,"
            + "UNKNOWN^PATIENT,UNBEKANNT,UNBEKANNT^UNBEKANNT,NONE,NULL,N/A,NONAME,NO^NAME,TEST,TEST^TEST,TEST^PATIENT,"
            + "PATIENT^TEST,PATIENT,PHANTOM,QA,QC,EMERGENCY,NOTFALL,TRAUMA";

    String BIRTH_DATES = "00000000,00010101,18000101,18581117,19000101,19010101,99991231";

    /** Patient IDs (0010,0020), without regard to case; {@code 0} is any number of zeros. */
    @WithDefault(PATIENT_IDS)
    List<String> patientIds();

    /** Patient's Names (0010,0010), without regard to case and to what separates components. */
    @WithDefault(NAMES)
    List<String> names();

    /**
     * Patient's Birth Dates (0010,0030), as YYYYMMDD. They make no age either: releases that ask for one refuse such images ({@code patient-age}),
     * also in {@code restore}, {@code train}, {@code calibrate} and {@code evaluate}, and whether a rule of the house that asks for {@code patientAge} holds cannot be told.
     */
    @WithDefault(BIRTH_DATES)
    List<String> birthDates();
}
