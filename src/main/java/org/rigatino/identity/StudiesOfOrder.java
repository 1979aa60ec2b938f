package org.rigatino.identity;

import java.util.Arrays;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.NobodysValues;

/**
 * Which studies an order is of, for who has its accession number and its patient's IDs. A study is found where it is known to
 * be of one patient, with the same accession number, one of the IDs of the same issuer, of now or before a merge, and no name, birth date or sex that contradicts; an ID of
 * {@code rigatino.nobody} finds none, and its names and birth dates contradict none.
 */
public final class StudiesOfOrder {
    private static final String AUTHORITY = "nullif(cast(? as text), '')";

    private static final String SAME_ISSUER =
            "coalesce(nullif(p.issuer, ''), " + AUTHORITY + ") = coalesce(nullif(k.issuer, ''), " + AUTHORITY + ")";

    /** Of the report, and of the study now and before merges. */
    private static final String IDS = "select 1 from unnest(r.patient_ids, r.issuers) as p (id, issuer),"
            + " unnest(i.former_ids || i.patient_id, i.former_issuers || i.issuer_of_patient_id) as k (id, issuer)"
            + " where p.id = k.id and k.id <> ''";

    private static final String NOBODYS = nobodys("PATIENT_ID", "patient_id");

    private static final String BIRTH_DATE = "(r.birth_date = '' or i.patient_birth_date = '' or "
            + nobodys("PATIENT_BIRTH_DATE", "patient_birth_date")
            + " or starts_with(i.patient_birth_date, r.birth_date) or exists (select 1"
            + " from unnest(i.former_birth_dates) as before (day) where starts_with(before.day, r.birth_date)))";

    /** Each has a word that the other has not. A study has those of all names that it is found by. */
    private static final String NAME = "(cardinality(r.name_words) = 0 or cardinality(name_words(i.words)) = 0 or "
            + nobodys("PATIENT_NAME", "patient_name")
            + " or r.name_words <@ name_words(i.words) or name_words(i.words) <@ r.name_words)";

    private static final String SEX =
            "(r.patient_sex = '' or i.patient_sex = '' or r.patient_sex = any (i.former_sexes || i.patient_sex))";

    private static final String ORDER =
            "i.state = 'RECORDED' and i.accession_number <> '' and i.accession_number = r.accession_number";

    /**
     * SQL that holds of rows {@code i} of study_identity and {@code r}, which has {@code accession_number, patient_ids, issuers,
     * birth_date, name_words, patient_sex}, whatever the names, birth dates and sexes; with two parameters, each who issued IDs that do not say so, or null.
     */
    public static final String IDENTIFIED =
            ORDER + " and exists (" + IDS + " and " + SAME_ISSUER + ") and not " + NOBODYS;

    /** The same, where no name, birth date or sex contradicts. */
    public static final String MATCHES = IDENTIFIED + " and " + BIRTH_DATE + " and " + NAME + " and " + SEX;

    /** An {@link OrderOfNoStudy} of a row {@code r} that matches no study, as text; with two parameters as above. */
    public static final String WHY_NONE = "case when exists (select 1 from study_identity i where " + ORDER
            + " and exists (" + IDS + ") and " + NOBODYS + ") then 'NOBODYS_ID'"
            + " when exists (select 1 from study_identity i where " + ORDER + " and exists (" + IDS
            + " and (p.issuer = '' or k.issuer = '') and (" + SAME_ISSUER
            + ") is not true)) then 'ISSUER_UNKNOWN'"
            + " when exists (select 1 from study_identity i where " + ORDER + ") then 'OTHER_PATIENT'"
            + " when exists (select 1 from identity_statement s join study_identity i"
            + " on i.study_instance_uid = s.study_instance_uid and i.state = 'IN_DOUBT'"
            + " where s.accession_number <> '' and s.accession_number = r.accession_number) then 'IN_DOUBT'"
            + " else 'NO_STUDY' end";

    private StudiesOfOrder() {}

    /** Of the study: what stands where the patient's is not known, as of one who came as an emergency. */
    private static String nobodys(String attribute, String column) {
        return "exists (select 1 from nobodys_value n where n.attribute = '" + attribute
                + "' and n.value = nobodys_word(i." + column + "))";
    }

    /**
     * For {@code name_words} of a row {@code r}: of a value of VR PN family and given name of each component group, since prefixes
     * and middle names are often left out; none of a name of {@code rigatino.nobody}, which contradicts none.
     */
    public static String[] nameWords(String name) {
        if (NobodysValues.of(ConfigProvider.getConfig()).has("", name, "")) {
            return new String[0];
        }
        return Arrays.stream(name.split("="))
                .flatMap(group -> Arrays.stream(group.split("\\^")).limit(2))
                .flatMap(part -> SearchWords.compared(part).stream())
                .map(word -> word.substring(SearchWords.NAME.length()))
                .distinct()
                .toArray(String[]::new);
    }
}
