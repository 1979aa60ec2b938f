package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Exports for those who are not at this machine. An export lies in a folder of this process's account until it is open,
 * so that the event of it, with the number of rows and the digest, is on record before anybody has a byte.
 */
@ApplicationScoped
public class AuditDownload {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'audit-'yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Inject
    DataSource dataSource;

    /**
     * An export.
     *
     * @param rows to be closed by the caller
     * @param problem what of the trail does not fit, null where nothing was seen
     */
    public record Download(String fileName, InputStream rows, String problem) {}

    /** @throws IOException where the temporary folder has no room */
    public Download open(AuditFilter filter, ExportFormat format, String by, String address)
            throws IOException, SQLException {
        Path folder = Files.createTempDirectory("rigatino-export");
        AuditExport export = new AuditExport(
                folder.resolve(NAME.format(Instant.now()) + "." + format.name().toLowerCase(Locale.ROOT)));
        try (Connection connection = dataSource.getConnection()) {
            AuditExport.Manifest made = export.write(connection, format, filter, new AuditExport.Exporter(by, address));
            return new Download(made.file(), Files.newInputStream(export.file()), made.problem());
        } finally {
            // What is open can be read without its name.
            Files.deleteIfExists(export.file());
            Files.deleteIfExists(export.manifestFile());
            Files.delete(folder);
        }
    }
}
