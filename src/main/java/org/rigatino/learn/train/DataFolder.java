package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.FileMeta;
import org.rigatino.finding.SlicePlace;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.FolderTree;
import org.rigatino.restore.ModelRelease;

/**
 * What a training learns from, in one of three forms:
 *
 * <ul>
 *   <li>a folder with a {@link Manifest} of pictures or DICOM files of one frame: normals are the normal rows of its split {@code train_normal}, the pool its split
 *       {@code unlabeled};
 *   <li>a folder with folders {@code normal} and, for the pool, {@code unlabeled}, of pictures or DICOM files. A
 *       picture's patient is the folder that it lies in, or, where it lies in {@code normal} itself, its file name up
 *       to the separator;
 *   <li>a folder of DICOM files, normal all of them.
 * </ul>
 *
 * <p>Folders are searched to any depth, in the order of their paths.
 */
public final class DataFolder {
    private static final String NORMAL = "normal";
    /** Says that a file is learnt by another of its names. */
    private static final String LINK_RULE = "linked-twice";

    /** As many as a volume may have. */
    private static final int MOST_OF_ONE_PATIENT = 100;

    private final Path directory;
    private final ImageLoader loader;
    private final Eligibility eligibility;
    private final String separator;
    private final Omissions omissions = new Omissions();
    private final DicomImages dicom;

    /**
     * @param eligibility of the release: which DICOM images are learnt from
     * @param separator what ends the patient's part of a picture's file name
     */
    public DataFolder(Path directory, ImageLoader loader, Eligibility eligibility, String separator) {
        this.directory = directory;
        this.loader = loader;
        this.eligibility = eligibility;
        this.separator = separator;
        dicom = new DicomImages(loader, eligibility, omissions);
    }

    /** @throws IOException where there is nothing to learn from, or a picture cannot be read; the message says which */
    public DataSet read() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("--data " + directory + " is no folder");
        }
        if (Files.isRegularFile(directory.resolve(Manifest.FILE))) {
            return ofManifest();
        }
        boolean divided = Files.isDirectory(directory.resolve(NORMAL));
        List<PatientImage> normals = images(divided ? directory.resolve(NORMAL) : directory, divided);
        if (divided) {
            requirePatients(normals);
        }
        Path unlabeled = directory.resolve(Manifest.UNLABELED);
        List<PatientImage> pool = divided && Files.isDirectory(unlabeled) ? images(unlabeled, true) : List.of();
        Alike alike = new Alike(normals, pool);
        alike.requireApart();
        return dataSet(normals, pool).withWarnings(alike.sentences());
    }

    /**
     * Of a manifest, the normals of {@link #read}, without a look at the pool.
     *
     * @throws IOException as {@link #read}; none where there are none
     */
    public List<PatientImage> normals() throws IOException {
        Manifest manifest = Manifest.read(directory);
        manifest.sameBytes(manifest.normals());
        return normals(manifest);
    }

    /** Of a manifest, the pool of {@link #read}, without a look at the normals. */
    public List<PatientImage> pool() throws IOException {
        Manifest manifest = Manifest.read(directory);
        manifest.sameBytes(manifest.split(Manifest.UNLABELED));
        return pool(manifest);
    }

    private List<PatientImage> normals(Manifest manifest) throws IOException {
        return labelled(manifest, shown(manifest, away(manifest, eligible(manifest.normals()))));
    }

    private List<PatientImage> pool(Manifest manifest) throws IOException {
        return labelled(manifest, shown(manifest, eligible(manifest.split(Manifest.UNLABELED))));
    }

    private DataSet ofManifest() throws IOException {
        Manifest manifest = Manifest.read(directory);
        List<Manifest.Entry> normals = manifest.normals();
        if (normals.isEmpty()) {
            throw new IOException(directory.resolve(Manifest.FILE) + " has no normal rows of the split train_normal");
        }
        List<Manifest.Entry> pool = manifest.split(Manifest.UNLABELED);
        List<String> warnings = manifest.sameBytes(
                Stream.concat(normals.stream(), pool.stream()).toList());
        manifest.split(Manifest.NORMALS).stream()
                .filter(Manifest.Entry::abnormal)
                .forEach(entry -> omissions.add("labelled-abnormal", entry.file()));
        DataSet set = dataSet(normals(manifest), pool(manifest));
        return set.withWarnings(
                Stream.concat(warnings.stream(), new Alike(set.normals(), set.pool()).sentences().stream())
                        .toList());
    }

    private List<Manifest.Entry> eligible(List<Manifest.Entry> entries) {
        return entries.stream()
                .filter(entry -> dicom.takes(directory.resolve(entry.file()), entry.file()))
                .toList();
    }

    /** Of series, what lies away from a lesion: what is beside one often shows its rim. */
    private List<Manifest.Entry> away(Manifest manifest, List<Manifest.Entry> normals) throws IOException {
        List<Manifest.Entry> away = new ArrayList<>();
        for (Manifest.Entry entry : normals) {
            if (entry.slice().filter(slice -> !slice.isAway()).isPresent()) {
                omit("beside-a-lesion", manifest, entry);
            } else {
                away.add(entry);
            }
        }
        return away;
    }

    /** What shows enough to be served. */
    private List<Manifest.Entry> shown(Manifest manifest, List<Manifest.Entry> entries) throws IOException {
        List<Manifest.Entry> shown = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            if (isEmpty(ImageFile.read(directory.resolve(entry.file())))) {
                omit(ModelRelease.FOREGROUND_RULE, manifest, entry);
            } else {
                shown.add(entry);
            }
        }
        return shown;
    }

    private void omit(String rule, Manifest manifest, Manifest.Entry entry) throws IOException {
        omissions.add(rule, entry.file());
        manifest.slice(entry).ifPresent(omissions::add);
    }

    private boolean isEmpty(Frame frame) {
        return !eligibility.covers(loader.foregroundShare(frame));
    }

    private List<PatientImage> labelled(Manifest manifest, List<Manifest.Entry> entries) throws IOException {
        List<PatientImage> images = new ArrayList<>();
        Set<String> series = lesionFreeSeries(entries);
        for (Manifest.Entry entry : entries) {
            Frame frame = ImageFile.read(directory.resolve(entry.file()));
            ModelGrid grid = loader.gridOf(frame);
            Optional<StudySlice> slice = studySlice(entry, frame, series);
            Optional<StackedSlice> stacked = manifest.slice(entry);
            boolean counts = slice.isPresent() || entry.slice().isEmpty();
            if (!counts) {
                stacked.ifPresent(omissions::add);
            }
            Optional<PatientImage.Lying> lying =
                    stacked.filter(each -> counts).map(each -> new PatientImage.Lying(each, grid));
            images.add(new PatientImage(
                    loader.load(frame, grid),
                    entry.patient(),
                    Optional.of(entry.abnormal()),
                    slice,
                    lying,
                    entry.flagged(),
                    entry.file()));
        }
        return images;
    }

    /** Of a DICOM file as its header says, of a picture as its line does. @param lesionFree patients of such series */
    private Optional<StudySlice> studySlice(Manifest.Entry entry, Frame frame, Set<String> lesionFree) {
        boolean besideALesion = entry.slice()
                .filter(slice -> !slice.isAway() || !lesionFree.contains(entry.patient()))
                .isPresent();
        if (besideALesion) {
            return Optional.empty();
        }
        if (FileMeta.isDicom(directory.resolve(entry.file()))) {
            return Optional.of(DicomImages.slice(frame));
        }
        return entry.slice().isEmpty()
                ? alone(entry.patient())
                : entry.slice().map(slice -> slice(entry.patient(), slice.number()));
    }

    private static StudySlice slice(String patient, int number) {
        return new StudySlice(patient, patient, Optional.of(SlicePlace.numbered(number)));
    }

    /** Their patients. */
    private static Set<String> lesionFreeSeries(List<Manifest.Entry> entries) {
        Map<String, Long> slices = entries.stream()
                .filter(entry -> entry.slice().filter(Manifest.Slice::isAway).isPresent())
                .collect(Collectors.groupingBy(Manifest.Entry::patient, Collectors.counting()));
        slices.values().removeIf(count -> count < Manifest.FEWEST_OF_A_SERIES);
        return slices.keySet();
    }

    /** A patient's pictures are a study of projections; where planes are looked at they are slices in an unknown order. */
    private Optional<StudySlice> alone(String patient) {
        return eligibility.plane() == null
                ? Optional.of(new StudySlice(patient, patient, Optional.empty()))
                : Optional.empty();
    }

    private DataSet dataSet(List<PatientImage> normals, List<PatientImage> pool) throws IOException {
        if (normals.isEmpty()) {
            throw new IOException("--data " + directory + " holds no normal images"
                    + (omissions.count() == 0 ? "" : ", " + omissions.summary())
                    + ": it needs a manifest.csv, a folder normal, or DICOM files that the profile is eligible for");
        }
        return new DataSet(
                directory.toAbsolutePath().normalize().getFileName().toString(), normals, pool, omissions, List.of());
    }

    /** A file that links lead to too is learnt once. @param pictures whether pictures count, or DICOM files only */
    private List<PatientImage> images(Path folder, boolean pictures) throws IOException {
        List<PatientImage> images = new ArrayList<>();
        Set<Path> learnt = new HashSet<>();
        for (Path file : FolderTree.files(folder, Integer.MAX_VALUE)) {
            String name = directory.relativize(file).toString();
            Path target = Files.exists(file) ? file.toRealPath() : file;
            if (learnt.contains(target)) {
                omissions.add(LINK_RULE, name);
                continue;
            }
            List<PatientImage> ofFile = pictures && ImageFile.isNamedAsOne(file)
                    ? picture(file, patient(folder.relativize(file)), name)
                    : dicom.read(file, name);
            if (!ofFile.isEmpty()) {
                learnt.add(target);
                images.addAll(ofFile);
            }
        }
        return images;
    }

    private List<PatientImage> picture(Path file, String patient, String name) throws IOException {
        Frame frame = ImageFile.read(file);
        if (isEmpty(frame)) {
            omissions.add(ModelRelease.FOREGROUND_RULE, name);
            return List.of();
        }
        return List.of(new PatientImage(loader.load(frame), patient, Optional.empty(), alone(patient), name));
    }

    /** Names that all begin alike make one patient of many, and nobody could be held back from anybody. */
    private void requirePatients(List<PatientImage> images) throws IOException {
        Set<String> patients = images.stream().map(PatientImage::patient).collect(Collectors.toSet());
        if (images.size() > MOST_OF_ONE_PATIENT && patients.size() == 1) {
            throw new IOException("--data " + directory + ": all " + images.size() + " images are of one patient, \""
                    + patients.iterator().next()
                    + "\": of a picture that is what stands before \"" + separator
                    + "\" in its name; name what ends it (--patient-separator), or give each patient a folder");
        }
    }

    /** @param file relative to {@code normal} or {@code unlabeled} */
    private String patient(Path file) {
        if (file.getNameCount() > 1) {
            return file.getName(0).toString();
        }
        String name = file.toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        int end = separator.isEmpty() ? -1 : stem.indexOf(separator);
        return end < 0 ? stem : stem.substring(0, end);
    }
}
