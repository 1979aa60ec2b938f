package org.rigatino.proof.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.proof.demo.DemoInput;
import org.rigatino.proof.demo.DicomFiles;
import org.rigatino.proof.demo.DicomFiles.DicomFile;
import org.rigatino.proof.soak.SoakAudit.Expected;
import org.rigatino.proof.soak.SoakAudit.Sent;

/** Studies of the demo's head that differ in size, series and what is wrong with them. The same seed, the same files. */
final class SoakStudies {
    private enum Kind {
        HEAD,
        TWO_SERIES,
        WITH_CT,
        CT_ONLY,
        TWO_PATIENTS,
        REAL
    }

    private static final String NAME = "Rigatino^Soak";
    private static final int MOST_SLICES = 6;
    private static final int MOST_REAL = 3;
    private static final int PIXELS = 256 * 256;

    private final Path folder;
    private final long seed;
    private final Random random;
    private final Set<Fault> faults;
    private final List<DicomFile> slices;
    private final RealFiles real;

    private SoakStudies(Path folder, long seed, Set<Fault> faults, List<DicomFile> slices, RealFiles real) {
        this.folder = folder;
        this.seed = seed;
        this.random = new Random(seed);
        this.faults = faults;
        this.slices = slices;
        this.real = real;
    }

    /** @param real what some studies are made of; the others are heads */
    static List<SoakStudy> write(Path folder, int count, long seed, Set<Fault> faults, RealFiles real)
            throws IOException {
        Path heads = folder.resolve("heads");
        DemoInput.write(heads);
        List<DicomFile> slices =
                new ArrayList<>(DicomFiles.under(heads.resolve(DemoInput.HEAD)).files());
        slices.addAll(DicomFiles.under(heads.resolve(DemoInput.LESION)).files());
        SoakStudies studies = new SoakStudies(folder, seed, faults, slices, real);
        List<SoakStudy> written = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            written.add(studies.study(number));
        }
        return written;
    }

    private SoakStudy study(int number) throws IOException {
        Kind kind = kind(number);
        if (kind == Kind.REAL) {
            return realStudy(number);
        }
        int size = 2 + random.nextInt(MOST_SLICES - 1);
        int first = random.nextInt(slices.size() - size);
        List<DicomFile> files = new ArrayList<>();
        List<Sent> instances = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            add(kind, number, i, slices.get(first + i), files, instances);
        }
        return new SoakStudy(files, instances, ways(number, kind));
    }

    /** The first ones are one of each; then heads are most of what comes. */
    private Kind kind(int number) {
        Kind[] kinds = Kind.values();
        Kind kind = number < kinds.length
                ? kinds[number]
                : random.nextBoolean() ? Kind.HEAD : kinds[random.nextInt(kinds.length)];
        return kind == Kind.REAL && real.isEmpty() ? Kind.HEAD : kind;
    }

    private SoakStudy realStudy(int number) throws IOException {
        Path target = Files.createDirectories(folder.resolve("study-" + number));
        int size = 1 + random.nextInt(MOST_REAL);
        String study = uid("study", number, 0);
        List<DicomFile> files = new ArrayList<>();
        List<Sent> instances = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String sop = uid("instance", number, i);
            Map<String, String> identities = new TreeMap<>(Map.of(
                    "PatientName",
                    NAME,
                    "PatientID",
                    patient(number),
                    "PatientBirthDate",
                    "19700101",
                    "PatientSex",
                    "O",
                    "StudyInstanceUID",
                    study,
                    "SeriesInstanceUID",
                    uid("series", number, i),
                    "SOPInstanceUID",
                    sop));
            files.add(real.write(target.resolve(i + ".dcm"), identities, random));
            instances.add(new Sent(sop, study, patient(number), Expected.EITHER));
        }
        return new SoakStudy(files, instances, ways(number, Kind.REAL));
    }

    private String patient(int number) {
        return "SOAK-" + seed + "-" + number;
    }

    /** Of two patients, no part may be restored before the other is there. */
    private Set<Fault> ways(int number, Kind kind) {
        Set<Fault> ways = EnumSet.noneOf(Fault.class);
        List<Fault> possible =
                Fault.OF_SENDERS.stream().filter(faults::contains).toList();
        if (!possible.isEmpty() && number % 2 == 0) {
            ways.add(possible.get(number / 2 % possible.size()));
        }
        if (kind == Kind.TWO_PATIENTS) {
            ways.remove(Fault.LATE);
        }
        return ways;
    }

    private void add(Kind kind, int number, int i, DicomFile slice, List<DicomFile> files, List<Sent> instances)
            throws IOException {
        boolean ct = kind == Kind.CT_ONLY || kind == Kind.WITH_CT && i == 0;
        String patient = patient(number) + (kind == Kind.TWO_PATIENTS && i == 0 ? "-OTHER" : "");
        String study = uid("study", number, 0);
        String series = uid("series", number, ct ? 2 : kind == Kind.TWO_SERIES ? i % 2 : 0);
        String sop = uid("instance", number, i);
        Dataset dataset = Dataset.readHeader(slice.path())
                .put(Tag.PatientName, NAME)
                .put(Tag.PatientID, patient)
                .put(Tag.StudyInstanceUID, study)
                .put(Tag.SeriesInstanceUID, series)
                .put(Tag.SOPInstanceUID, sop);
        if (ct) {
            dataset.put(Tag.Modality, "CT");
        }
        Path file = Files.createDirectories(folder.resolve("study-" + number)).resolve(i + ".dcm");
        byte[] encoded =
                dataset.putPixels(pixels(slice.path())).encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "SOAK");
        Files.write(file, encoded);
        files.add(new DicomFile(file, study, slice.sopClassUid(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
        Expected expected = ct || kind == Kind.TWO_PATIENTS ? Expected.NO_OVERLAY : Expected.OVERLAY;
        instances.add(new Sent(sop, study, patient, expected));
    }

    private String uid(String kind, int number, int part) {
        return Uids.nameBased("soak", Long.toString(seed), kind, number + "." + part);
    }

    private static short[] pixels(Path slice) throws IOException {
        byte[] bytes = Files.readAllBytes(slice);
        ShortBuffer buffer = ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(bytes.length - 2 * PIXELS)
                .asShortBuffer();
        short[] pixels = new short[PIXELS];
        buffer.get(pixels);
        return pixels;
    }
}
