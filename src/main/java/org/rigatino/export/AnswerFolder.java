package org.rigatino.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.dicom.DicomException;
import org.rigatino.export.LeftOut.Reason;

/**
 * A folder of images with {@code manifest.csv}. It is made beside its place and gets its name when it is whole; what is left of one that
 * was cut short is named {@code .NAME.unfinished}, and something.
 */
final class AnswerFolder {
    private static final String HEADER = "file,dataset,split,label,mask,patient,class,width,height,sha256";
    private static final String LEARNT_FROM = "train_normal";
    private static final String MEASURED_ON = "dev_test";

    private final Path folder;
    private final Path store;
    private final double trainShare;
    private final LeftOut leftOut;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Boolean> unchanged = new HashMap<>();

    /**
     * @param folder empty, or not there yet
     * @param store of the files as received
     * @param trainShare of patients without an abnormal image, to be learnt from
     */
    AnswerFolder(Path folder, Path store, double trainShare, LeftOut leftOut) {
        this.folder = folder.toAbsolutePath().normalize();
        this.store = store;
        this.trainShare = trainShare;
        this.leftOut = leftOut;
    }

    /** What is in it. */
    record Made(int images, int abnormal, int patients, int toLearnFrom, String sha256) {}

    /** What is told of it before it gets its name: where that fails, it gets none. */
    interface Told {
        void of(Made made) throws SQLException;
    }

    /** @throws FileAlreadyExistsException where something is in its place */
    void requireFree() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isEmpty()) {
                    return;
                }
            }
        }
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder + " is there and not empty: an export goes into a new folder");
        }
        if (!Files.isDirectory(folder.getParent())) {
            throw new NoSuchFileException("there is no folder " + folder.getParent());
        }
    }

    /** @return empty where no image is left: then there is no folder either */
    Optional<Made> write(List<Chosen> images, Told told) throws IOException, SQLException {
        requireFree();
        Path unfinished = Files.createTempDirectory(
                folder.getParent(),
                "." + folder.getFileName() + ".unfinished",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Optional<Made> made = fill(unfinished, images);
            if (made.isPresent()) {
                told.of(made.get());
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return made;
        } finally {
            delete(unfinished);
        }
    }

    private Optional<Made> fill(Path into, List<Chosen> images) throws IOException {
        Path raw = Files.createDirectory(into.resolve("raw"));
        List<Chosen> readable = new ArrayList<>();
        List<int[]> sizes = new ArrayList<>();
        for (Chosen image : images) {
            Optional<Pixels> pixels = pixels(image);
            if (pixels.isPresent()) {
                Files.write(raw.resolve(readable.size() + ".png"), pixels.get().png());
                readable.add(image);
                sizes.add(new int[] {pixels.get().width(), pixels.get().height()});
            }
        }
        if (readable.isEmpty()) {
            return Optional.empty();
        }
        Made made = name(into, raw, readable, sizes);
        Files.delete(raw);
        return Optional.of(made);
    }

    /** Where all patients are known who are in it. */
    private Made name(Path into, Path raw, List<Chosen> images, List<int[]> sizes) throws IOException {
        Map<String, String> keys = Chosen.keys(images);
        Set<String> learntFrom = learntFrom(images);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Chosen image = images.get(i);
            String key = keys.get(image.frame().patient());
            String split = learntFrom.contains(image.frame().patient()) ? LEARNT_FROM : MEASURED_ON;
            String file = split + "/" + image.label().word() + "/" + key
                    + String.format("_%04d.png", numbers.merge(key, 1, Integer::sum));
            Path written = into.resolve(file);
            Files.createDirectories(written.getParent());
            Files.move(raw.resolve(i + ".png"), written);
            lines.add(String.join(
                    ",",
                    file,
                    "answers",
                    split,
                    image.label().word(),
                    "",
                    key,
                    image.frame().verdict().toLowerCase(Locale.ROOT)
                            + (image.frame().flagged() ? "_flagged" : "_not_flagged"),
                    Integer.toString(sizes.get(i)[0]),
                    Integer.toString(sizes.get(i)[1]),
                    sha256(written)));
        }
        Collections.sort(lines);
        Path manifest = into.resolve("manifest.csv");
        Files.writeString(manifest, HEADER + "\n" + String.join("\n", lines) + "\n");
        return new Made(
                images.size(),
                (int) images.stream()
                        .filter(image -> image.label() == Label.ABNORMAL)
                        .count(),
                keys.size(),
                learntFrom.size(),
                sha256(manifest));
    }

    /** A patient is in one split: with an abnormal image measured on. */
    private Set<String> learntFrom(List<Chosen> images) {
        Set<String> abnormal = images.stream()
                .filter(image -> image.label() == Label.ABNORMAL)
                .map(image -> image.frame().patient())
                .collect(Collectors.toSet());
        List<String> normal = new ArrayList<>(images.stream()
                .map(image -> image.frame().patient())
                .filter(patient -> !abnormal.contains(patient))
                .distinct()
                .toList());
        Collections.shuffle(normal, new SecureRandom());
        return new LinkedHashSet<>(normal.subList(0, (int) (trainShare * normal.size())));
    }

    private Optional<Pixels> pixels(Chosen image) throws IOException {
        AnsweredFrame frame = image.frame();
        Path file = store.resolve(frame.location());
        try {
            if (!isThere(file)) {
                return leaveOut(image, Reason.FILE_GONE);
            }
            if (!isAsReceived(file, frame)) {
                return leaveOut(image, Reason.FILE_CHANGED);
            }
            Optional<Pixels> pixels = Pixels.of(file, frame.frameNumber());
            return pixels.isPresent() ? pixels : leaveOut(image, Reason.BURNED_IN);
        } catch (DicomException e) {
            // Where the store fails meanwhile, reading it once more fails too.
            if (!sha256(file).equals(frame.sha256())) {
                throw e;
            }
            return leaveOut(image, Reason.UNREADABLE);
        }
    }

    /** @throws IOException where that cannot be said, since the store cannot be read */
    private boolean isThere(Path file) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new FileSystemException(file.toString(), null, "is no file: the store is damaged");
            }
            return true;
        } catch (NoSuchFileException e) {
            requireStore();
            return false;
        }
    }

    /** @throws IOException where the folder of the store is not there or cannot be read: then no file of it is known to be gone */
    void requireStore() throws IOException {
        try (Stream<Path> there = Files.list(store)) {
            there.findAny();
        }
    }

    private boolean isAsReceived(Path file, AnsweredFrame frame) throws IOException {
        Boolean known = unchanged.get(frame.location());
        if (known == null) {
            known = sha256(file).equals(frame.sha256());
            unchanged.put(frame.location(), known);
        }
        return known;
    }

    private Optional<Pixels> leaveOut(Chosen image, Reason reason) {
        image.answers().forEach(answer -> leftOut.add(reason, answer));
        return Optional.empty();
    }

    private static String sha256(Path file) throws IOException {
        return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
    }

    private static void delete(Path unfinished) throws IOException {
        if (Files.exists(unfinished)) {
            try (Stream<Path> all = Files.walk(unfinished)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
