package org.rigatino.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.OrderOfNoStudy;
import org.rigatino.identity.Reader;
import org.rigatino.identity.StudiesOfOrder;
import org.rigatino.web.ViewRecord;

/** Reports of a study, for radiologists who are shown all of whose it is; whoever reads some is in the trail. */
@ApplicationScoped
public class Reports {
    /** Of one study. */
    public static final int MOST = 50;

    /** Of those without a study, that are listed. */
    static final int MOST_WITHOUT_STUDY = 20;

    /** Who issued IDs that do not say so. */
    static final String AUTHORITY = "rigatino.hl7.listen.assigning-authority";

    /** That {@code w} is later than {@code r}: by when it was reported, as far as that is told apart, else by MSH-7, else by arrival. */
    private static final String LATER = "case when w.reported_at > coalesce(r.reported_until, r.reported_at) then true"
            + " when coalesce(w.reported_until, w.reported_at) < r.reported_at then false"
            + " when w.sent_at <> r.sent_at then w.sent_at > r.sent_at else w.id > r.id end";

    /** Of what is of the study, so that one of another issuer takes nothing back, and one after a merge does. */
    private static final String OF_STUDY = "with withdrawal as (select r.id, r.reported_at, r.reported_until, r.sent_at"
            + " from report r join study_identity i on " + StudiesOfOrder.IDENTIFIED
            + " where i.study_instance_uid = ? and r.status = 'WITHDRAWN')"
            + " select r.id, r.status, r.accession_number, r.reported_at, r.received_at,"
            + " r.sending_application, r.sending_facility, r.content, exists (select 1 from withdrawal w where " + LATER
            + "), r.parts_not_shown, nullif(r.patient_name, ''), nullif(r.birth_date, ''), nullif(r.patient_sex, ''),"
            + " nullif(r.interpreter, '') from report r join study_identity i on " + StudiesOfOrder.MATCHES
            + " where i.study_instance_uid = ? order by r.reported_at desc,"
            + " coalesce(r.sent_at, r.received_at) desc, r.id desc limit " + MOST;

    private static final String WITHOUT_STUDY = "select why, count(*) from (select " + StudiesOfOrder.WHY_NONE
            + " from report r where r.settled_at is null and not exists (select 1 from study_identity i where "
            + StudiesOfOrder.MATCHES + ")) as waiting (why) group by why";

    private static final String LAST_WITHOUT_STUDY = "select r.received_at, r.sending_application, r.sending_facility,"
            + " r.control_id, " + StudiesOfOrder.WHY_NONE + " from report r where r.settled_at is null"
            + " and not exists (select 1 from study_identity i where " + StudiesOfOrder.MATCHES
            + ") order by r.id desc limit " + MOST_WITHOUT_STUDY;

    @Inject
    DataSource dataSource;

    @Inject
    ViewRecord views;

    /** The latest first; empty for whom not all of whose a study is is shown. */
    @Transactional
    public Optional<List<ReportView>> of(String studyInstanceUid, Reader reader) {
        if (reader.level() != IdentityLevel.FULL) {
            return Optional.empty();
        }
        List<ReportView> found = read(studyInstanceUid);
        if (!found.isEmpty()) {
            views.reported(studyInstanceUid, found.stream().map(ReportView::id).toList(), reader.actor());
        }
        return Optional.of(found);
    }

    private List<ReportView> read(String studyInstanceUid) {
        List<ReportView> reports = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(OF_STUDY)) {
            bindAuthority(select, 1, 2);
            select.setString(3, studyInstanceUid);
            bindAuthority(select, 4, 5);
            select.setString(6, studyInstanceUid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reports.add(report(rows));
                }
            }
        } catch (SQLException e) {
            throw ReportRows.withoutValues("read", e);
        }
        return reports;
    }

    private static ReportView report(ResultSet row) throws SQLException {
        boolean withdrawn = row.getBoolean(9) || row.getString(8).isEmpty();
        return new ReportView(
                row.getLong(1),
                ReportStatus.valueOf(row.getString(2)),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                new ReportSender(row.getString(6), row.getString(7), "", "").name(),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                withdrawn ? null : row.getString(8),
                withdrawn ? 0 : row.getInt(10));
    }

    /** Of those whose time to wait is not over: how many have no study, and why. */
    @Transactional
    public Map<OrderOfNoStudy, Long> withoutStudy() {
        Map<OrderOfNoStudy, Long> counts = new EnumMap<>(OrderOfNoStudy.class);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(WITHOUT_STUDY)) {
            bindAuthority(select, 1, 4);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(OrderOfNoStudy.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw ReportRows.withoutValues("counted", e);
        }
        return counts;
    }

    /**
     * A report that waits for its study, without whose it is.
     *
     * @param sentBy MSH-3, and MSH-4 where there is one
     * @param controlId MSH-10
     */
    public record Waiting(Instant receivedAt, String sentBy, String controlId, OrderOfNoStudy why) {}

    /** The last that came of those that wait. */
    @Transactional
    public List<Waiting> lastWithoutStudy() {
        List<Waiting> last = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LAST_WITHOUT_STUDY)) {
            bindAuthority(select, 1, 4);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last.add(new Waiting(
                            rows.getObject(1, OffsetDateTime.class).toInstant(),
                            new ReportSender(rows.getString(2), rows.getString(3), "", "").name(),
                            rows.getString(4),
                            OrderOfNoStudy.valueOf(rows.getString(5))));
                }
            }
        } catch (SQLException e) {
            throw ReportRows.withoutValues("listed", e);
        }
        return last;
    }

    static void bindAuthority(PreparedStatement statement, int first, int last) throws SQLException {
        String authority = ConfigProvider.getConfig()
                .getOptionalValue(AUTHORITY, String.class)
                .orElse(null);
        for (int i = first; i <= last; i++) {
            statement.setString(i, authority);
        }
    }
}
