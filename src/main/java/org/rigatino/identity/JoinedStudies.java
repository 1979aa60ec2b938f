package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Studies of IDs and of those that messages join with them: what is said of the one may decide over the other. They are locked and
 * shown anew in one transaction, for which every other message waits.
 *
 * @param all whether there are no more; else more are joined than a patient has, and these are of the IDs themselves alone
 */
record JoinedStudies(List<String> studies, boolean all) {
    /** Of others than the IDs themselves, IDs and studies each. */
    static final int MOST = EarlierOfPatient.MOST_OF_ONE_ID;

    /** As the trail has it. */
    static final String TOO_MANY = NotCorrected.Why.TOO_MANY_JOINED.name();

    /** However many are of the IDs themselves. */
    static JoinedStudies of(Connection connection, String... ids) throws SQLException {
        return of(connection, PatientCorrections.studies(connection, Integer.MAX_VALUE, ids), ids);
    }

    /** None where more are of the IDs themselves than a patient has. */
    static JoinedStudies ofImages(Connection connection, String... ids) throws SQLException {
        List<String> own = PatientCorrections.studies(connection, MOST + 1, ids);
        return own.size() > MOST ? new JoinedStudies(List.of(), false) : of(connection, own, ids);
    }

    private static JoinedStudies of(Connection connection, List<String> own, String... ids) throws SQLException {
        String[] joined = JoinedPatients.ids(connection, ids.length + MOST + 1, ids);
        if (joined.length > ids.length + MOST) {
            return new JoinedStudies(own, false);
        }
        List<String> studies = PatientCorrections.studies(connection, own.size() + MOST + 1, joined);
        return studies.size() > own.size() + MOST ? new JoinedStudies(own, false) : new JoinedStudies(studies, true);
    }
}
