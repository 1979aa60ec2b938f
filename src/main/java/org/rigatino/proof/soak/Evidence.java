package org.rigatino.proof.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.proof.soak.SoakAudit.Overlay;
import org.rigatino.proof.soak.SoakAudit.Revision;
import org.rigatino.proof.soak.SoakAudit.Row;

/** What the database, the instance store and the PACS say, each asked without Rigatino. */
final class Evidence {
    /** Makes something of one row. */
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException, IOException;
    }

    private final Deployment deployment;

    Evidence(Deployment deployment) {
        this.deployment = deployment;
    }

    private <T> List<T> query(String sql, RowReader<T> reader) throws IOException {
        List<T> found = new ArrayList<>();
        try (Connection connection = deployment.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IOException("cannot ask the database: " + e.getMessage(), e);
        }
    }

    List<Row> rows() throws IOException {
        return query(
                "select i.sop_instance_uid, s.study_instance_uid, i.outcome, i.location, i.sha256"
                        + " from instance i join study s on s.id = i.study_id",
                row -> new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        isIntact(row.getString(4), row.getString(5))));
    }

    private boolean isIntact(String location, String sha256) throws IOException {
        Path file = deployment.disk().folder().resolve("instances").resolve(location);
        if (!Files.exists(file)) {
            return false;
        }
        return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file).equals(sha256);
    }

    List<Revision> revisions() throws IOException {
        return query(
                "select study_instance_uid, revision, state from study order by id",
                row -> new Revision(row.getString(1), row.getInt(2), row.getString(3)));
    }

    /** UIDs of studies with a failed revision, with stage and cause. */
    /** @param stage where the study failed, and why */
    record Failed(String studyUid, String stage, String cause) {}

    List<Failed> failed() throws IOException {
        return query(
                "select distinct on (study_instance_uid) study_instance_uid, failed_stage, failure_cause from study"
                        + " where state = 'FAILED' order by 1, id",
                row -> new Failed(row.getString(1), row.getString(2), row.getString(3)));
    }

    List<Overlay> overlays() throws IOException {
        List<Overlay> overlays = new ArrayList<>();
        for (JsonNode header : deployment.pacs().headers()) {
            overlays.add(new Overlay(
                    header.path("SOPInstanceUID").asText(),
                    header.path("StudyInstanceUID").asText(),
                    header.path("PatientID").asText(),
                    header.path("SourceImageSequence")
                            .path(0)
                            .path("ReferencedSOPInstanceUID")
                            .asText(),
                    header.path("SourceImageSequence")
                            .path(0)
                            .path("ReferencedFrameNumber")
                            .asText()));
        }
        return overlays;
    }
}
