package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.restore.FolderTree;

/** Files that somebody names, as the studies that they are of: of the patient nothing is known but what they say. */
final class FilesAtHand {
    /** A file and the one before it that has its SOP Instance UID. */
    record Repeated(SourceFile file, SourceFile first) {}

    private final Map<String, List<SourceFile>> studies = new LinkedHashMap<>();
    private final Map<String, SourceFile> instances = new HashMap<>();
    private final List<Repeated> repeated = new ArrayList<>();

    /**
     * Each file, and of a folder all files below it by their names: without hidden ones, and without a file-set's
     * directory (PS3.10 8.6).
     *
     * @param written nothing below is taken of a folder around it
     * @throws IOException where a folder cannot be looked through, or holds no file
     */
    static List<Path> of(List<Path> filesAndFolders, Path written) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path named : filesAndFolders) {
            if (Files.isDirectory(named)) {
                files.addAll(below(named, written.toAbsolutePath().normalize()));
            } else {
                files.add(named);
            }
        }
        return files;
    }

    private static List<Path> below(Path folder, Path written) throws IOException {
        List<Path> files = FolderTree.files(folder, Integer.MAX_VALUE).stream()
                .filter(file -> !file.getFileName().toString().matches("\\..*|DICOMDIR"))
                .filter(file -> !file.toAbsolutePath().normalize().startsWith(written))
                .toList();
        if (files.isEmpty()) {
            throw new IOException("there is no file below " + folder + ": name files, or folders that hold some");
        }
        return files;
    }

    /** A file's place is its id. */
    FilesAtHand(List<Path> files) {
        for (int i = 0; i < files.size(); i++) {
            add(i, files.get(i));
        }
    }

    /** What names no study is one by itself: why it cannot be worked on is told when it is read. */
    private void add(int id, Path path) {
        String study = "";
        String instance = "";
        try {
            Dataset header = Dataset.readOnly(path, Set.of(Tag.StudyInstanceUID, Tag.SOPInstanceUID));
            study = header.string(Tag.StudyInstanceUID).orElse("");
            instance = header.string(Tag.SOPInstanceUID).orElse("");
        } catch (DicomException e) {
            // Told when it is read.
        }
        SourceFile file = new SourceFile(id, instance, path, Optional.empty(), Optional.empty());
        SourceFile first = instance.isEmpty() ? null : instances.putIfAbsent(instance, file);
        if (first != null) {
            repeated.add(new Repeated(file, first));
        } else {
            studies.computeIfAbsent(study.isEmpty() ? "file " + id : study, none -> new ArrayList<>())
                    .add(file);
        }
    }

    /** Not in any study. */
    List<Repeated> repeated() {
        return repeated;
    }

    /** In the order of their first files. */
    List<SourceStudy> studies(Optional<OffsetDateTime> contentTime) {
        return studies.entrySet().stream()
                .map(study -> new SourceStudy(
                        study.getKey(),
                        study.getValue(),
                        study.getValue().stream().map(SourceFile::path).toList(),
                        new PatientIdentity.Known(Set.of(), Set.of()),
                        Optional.empty(),
                        Optional.empty(),
                        contentTime))
                .toList();
    }
}
