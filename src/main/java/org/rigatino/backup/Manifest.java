package org.rigatino.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds. Written last: without it there is no backup.
 *
 * @param format of the backup's folder
 * @param madeAt moment of the record that it holds
 * @param schema version of the last migration
 * @param anchor of the last row of the audit trail
 * @param sequences last value that was given out, by name
 * @param auditMonths first days of the months that rows of the trail are of
 * @param files by folder
 * @param missing files that the record names, or that lay there, and that could not be copied, each with why, which versions before
 *     0.2.0 left out; empty unless somebody accepted that
 */
record Manifest(
        int format,
        String madeAt,
        String schema,
        String anchor,
        List<Table> tables,
        Map<String, Long> sequences,
        List<String> auditMonths,
        Map<String, Listed> files,
        List<String> missing) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * @param columns in the order of the file
     * @param sha256 of the file {@code database/NAME.copy.gz}
     */
    record Table(String name, List<String> columns, long rows, String sha256) {}

    /** @param sha256 of the list, {@code NAME.sha256} */
    record Listed(long files, String sha256) {}

    /** On disk, name and all, when it returns. @return SHA-256 of the file */
    String write(Path backup) throws IOException {
        Path unfinished = backup.resolve(NAME + ".tmp");
        Files.write(unfinished, JSON.writeValueAsBytes(this));
        Copies.sync(unfinished);
        Files.move(unfinished, backup.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        Copies.sync(backup);
        return digest(backup);
    }

    static String digest(Path backup) throws IOException {
        return Copies.digest(backup.resolve(NAME));
    }

    static Manifest read(Path backup) throws IOException {
        try {
            Manifest manifest = JSON.readValue(Files.readAllBytes(backup.resolve(NAME)), Manifest.class);
            if (manifest.format != FORMAT) {
                throw new BackupException(backup + " has format " + manifest.format + ", and this version reads "
                        + FORMAT + ": restore it with the version that made it, then upgrade");
            }
            return manifest;
        } catch (NoSuchFileException e) {
            throw new BackupException(backup + " holds no " + NAME
                    + ", which is written last: the backup was not finished," + " or the folder is none");
        } catch (JsonProcessingException e) {
            throw new BackupException(backup.resolve(NAME) + " is damaged: " + e.getOriginalMessage());
        }
    }
}
