package org.rigatino.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;

/**
 * What {@code study_identity} has of whose a study is.
 *
 * @param day null where it is not known
 * @param time as VR TM, empty where it is not known
 * @param restored whether a restored image of it stands
 */
record RecordedPatient(
        String study,
        IdentityState state,
        String id,
        String issuer,
        String name,
        String born,
        String sex,
        LocalDate day,
        String time,
        boolean restored) {
    /** Of a value that was cut, which may stand for several. */
    private static final int CUT = 256;

    static RecordedPatient of(ResultSet row) throws SQLException {
        return new RecordedPatient(
                row.getString(1),
                IdentityState.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, LocalDate.class),
                row.getString(9),
                row.getBoolean(10));
    }

    /** Why it cannot be told which studies are of its patient; null where nothing of its own says so. */
    Untold untold(NobodysValues nobodys) {
        if (state != IdentityState.RECORDED) {
            return state == IdentityState.DELETED ? Untold.DELETED : Untold.IN_DOUBT;
        }
        if (id.isEmpty()) {
            return Untold.NO_ID;
        }
        if (nobodys.has(id, name, born)) {
            return Untold.NOBODYS;
        }
        if (!isLegible()) {
            return Untold.ILLEGIBLE;
        }
        return name.isEmpty() || born.isEmpty() ? Untold.NAME_OR_BIRTH_DATE_UNKNOWN : null;
    }

    private boolean isLegible() {
        String all = id + issuer + name + born + sex;
        return all.indexOf('\uFFFD') < 0
                && Math.max(Math.max(id.length(), issuer.length()), name.codePointCount(0, name.length())) < CUT;
    }

    /** Whether both are known to be of one patient: ID, issuer, name and birth date the same, and no sex that contradicts. */
    boolean isKnownToBeOf(RecordedPatient other, UnknownPatientValues unknown) {
        boolean known = isLegible() && other.isLegible() && !name.isEmpty() && !born.isEmpty();
        boolean unsaid = unknown == UnknownPatientValues.ACCEPT && (sex.isEmpty() || other.sex.isEmpty());
        return known
                && id.equals(other.id)
                && issuer.equals(other.issuer)
                && name.equals(other.name)
                && born.equals(other.born)
                && (unsaid || sex.equals(other.sex));
    }

    PatientValues values() {
        return new PatientValues(List.of(id, issuer, name, born, sex));
    }

    boolean isEarlierThan(RecordedPatient of) {
        return day != null
                && of.day != null
                && (day.isBefore(of.day)
                        || day.equals(of.day) && (time.isEmpty() || of.time.isEmpty() || time.compareTo(of.time) <= 0));
    }
}
