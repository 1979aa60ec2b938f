package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Studies of IDs and of those that messages join with them: what is said of the one may decide over the other. They are locked and
 * shown anew by the hundred in one transaction, for which every other message waits.
 *
 * @param all whether there are no more; else more are joined than a patient has, and these are of the IDs themselves alone
 */
record JoinedStudies(List<String> studies, boolean all) {
    /** Of others than the IDs themselves, IDs and studies each. */
    static final int MOST = EarlierOfPatient.MOST_OF_ONE_ID;

    /** As the trail has it. */
    static final String TOO_MANY = NotCorrected.Why.TOO_MANY_JOINED.name();

    /** Of one ID there are more than a patient has only where it is nobody's. */
    private static final String STUDIES = "select study_instance_uid from identity_statement where patient_id <> ''"
            + " and patient_id = any (?) union select study_instance_uid from study_identity where state = 'RECORDED'"
            + " and patient_id <> '' and patient_id = any (?) union select study_instance_uid from study_identity"
            + " where former_ids <> '{}' and former_ids && ? limit ?";

    /** The IDs of all merges that lead to these, or from these on, and of updates that are of these too, whoever issued them. */
    private static final String JOINED =
            """
            with recursive joined (id) as (
              select unnest(cast(? as text[]))
              union
              select other.id from joined cross join lateral (
                """
                    + MergedIds.NEXT
                    + """
                union all
                select s.patient_id from patient_message m join patient_message s on s.voided_at is null and\s"""
                    + PatientMessages.SAID_WITH
                    + """
                  where m.patient_id = joined.id) other)
            select id from joined where id <> '' limit ?""";

    /** Of the IDs that became one of these, or would by merges that are held. */
    private static final String MERGED_INTO = "with recursive merged (id) as (select unnest(cast(? as text[])) union"
            + " select k.prior_id" + MergedIds.INTO
            + ") select 1 from merged join identity_statement s on s.patient_id = merged.id limit 1";

    /** As many as one transaction shows anew. */
    List<String> now() {
        return studies.subList(0, Math.min(MOST, studies.size()));
    }

    /** The others, which are due behind them. */
    List<String> later() {
        return studies.subList(now().size(), studies.size());
    }

    /** For the trail, of those. */
    String behind() {
        return later().isEmpty() ? "" : ", and " + later().size() + " more studies are shown anew behind it";
    }

    /** However many are of the IDs themselves. */
    static JoinedStudies of(Connection connection, String... ids) throws SQLException {
        return of(connection, own(connection, Integer.MAX_VALUE, ids), ids);
    }

    /** None where more are of the IDs themselves than a patient has. */
    static JoinedStudies ofImages(Connection connection, String... ids) throws SQLException {
        List<String> own = own(connection, MOST + 1, ids);
        return own.size() > MOST ? new JoinedStudies(List.of(), false) : of(connection, own, ids);
    }

    private static JoinedStudies of(Connection connection, List<String> own, String... ids) throws SQLException {
        String[] joined = ids(connection, ids.length + MOST + 1, ids);
        if (joined.length > ids.length + MOST) {
            return new JoinedStudies(own, false);
        }
        List<String> studies = own(connection, own.size() + MOST + 1, joined);
        return studies.size() > own.size() + MOST ? new JoinedStudies(own, false) : new JoinedStudies(studies, true);
    }

    /** Of these IDs, up to so many. */
    static List<String> own(Connection connection, int most, String... ids) throws SQLException {
        List<String> of = Arrays.asList(ids);
        return Sql.texts(connection, STUDIES, of, of, of, most);
    }

    /** Whether what is said of these IDs is, or may come to be, of a study. */
    static boolean areOf(Connection connection, String... ids) throws SQLException {
        return Sql.isAny(connection, MERGED_INTO, Arrays.asList(ids));
    }

    /** Those IDs, and those that messages join with one of them, up to so many. */
    private static String[] ids(Connection connection, int most, String... ids) throws SQLException {
        return Sql.texts(connection, JOINED, Arrays.asList(ids), most).toArray(String[]::new);
    }
}
