package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * The DICOM files under a folder, in the order of their paths.
 *
 * @param skipped files that are not DICOM objects of a study, with the reason
 */
public record DicomFiles(Path folder, List<DicomFile> files, Map<Path, String> skipped) {
    /** One object of a study. */
    public record DicomFile(Path path, String studyInstanceUid, String sopClassUid, String transferSyntaxUid) {}

    public static DicomFiles under(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder: name one that holds DICOM files");
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<DicomFile> files = new ArrayList<>();
        Map<Path, String> skipped = new LinkedHashMap<>();
        for (Path path : paths) {
            try {
                files.add(read(path));
            } catch (DicomException e) {
                skipped.put(path, e.getMessage());
            }
        }
        return new DicomFiles(folder, files, skipped);
    }

    private static DicomFile read(Path path) throws DicomException {
        Dataset header = Dataset.readHeader(path);
        return new DicomFile(
                path,
                header.require(Tag.StudyInstanceUID),
                header.require(Tag.SOPClassUID),
                header.require(Tag.TransferSyntaxUID));
    }

    /** Each once, in the order of their first files. */
    List<String> studies() {
        return files.stream().map(DicomFile::studyInstanceUid).distinct().toList();
    }

    /** The folder of the study's first file. */
    String label(String studyInstanceUid) {
        Path first = files.stream()
                .filter(file -> file.studyInstanceUid().equals(studyInstanceUid))
                .findFirst()
                .orElseThrow()
                .path()
                .getParent();
        return first.equals(folder)
                ? folder.getFileName().toString()
                : folder.relativize(first).toString();
    }
}
