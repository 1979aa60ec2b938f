package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Rigatino;
import org.rigatino.restore.ModelRelease;
import picocli.CommandLine;

/** A folder of files from many machines: those that the profile is eligible for are learnt from, the rest is listed. */
class SharedDicomTrainingTest {
    private static final Path FILES = Path.of("../shared/data/dicom");
    /** Of head and prostate, in any plane, computed maps among them. */
    private static final String PROFILE =
            """
            {"purpose": "tests", "framing": "WHOLE",
             "normalisation": {"statistics": "QUARTILES", "low": -1.0, "high": 3.0, "threshold": 0.1},
             "scoring": {"sign": "BOTH", "smoothing": 1.0, "topShare": 0.01, "bilateral": 1.0},
             "eligibility": {"modality": ["MR"], "photometricInterpretation": ["MONOCHROME2"], "minimumSize": 64,
              "excludedImageType": ["LOCALIZER"], "bodyPart": ["BRAIN", "PROSTATE"], "minimumForeground": 0.05},
             "limits": []}
            """;

    @TempDir
    Path folder;

    @Test
    void eligibleSeriesOfTwoPatientsBecomeARelease() throws IOException {
        assumeTrue(Files.isDirectory(FILES), "absent: " + FILES);
        Path data = copy("series_ct_head_ge", "series_mr_adc_prostate", "series_mr_dcm4che", "series_mr_ge_epi");
        Path profile = Files.writeString(folder.resolve("profile.json"), PROFILE);
        Path out = folder.resolve("models/real/1");
        StringWriter console = new StringWriter();
        String[] arguments = {
            "train",
            "--data",
            data.toString(),
            "--profile",
            profile.toString(),
            "--out",
            out.toString(),
            "--work",
            folder.resolve("work").toString(),
            "--width",
            "2",
            "--iterations",
            "2",
            "--batch",
            "2",
            "--device",
            "cpu",
            "--try"
        };
        int exit = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console, true))
                .setErr(new PrintWriter(console, true))
                .execute(arguments);
        assertThat(exit).as(console.toString()).isZero();
        ModelRelease release = ModelRelease.load(out);
        assertThat(release.file().training().trainedImages()
                        + release.file().training().calibrationImages())
                .isEqualTo(42);
        assertThat(console.toString()).contains(" of 1 patients to learn from", " of 1 held back");
        assertThat(Files.readAllLines(folder.resolve("work/not-used.tsv")))
                .contains("modality\tseries_ct_head_ge/" + first("series_ct_head_ge"))
                .contains("body-part\tseries_mr_dcm4che/MR01.dcm")
                .noneMatch(line -> line.contains("series_mr_ge_epi"));
    }

    /** Without the manifest beside them, which is of another kind than those that training reads. */
    private Path copy(String... series) throws IOException {
        Path data = folder.resolve("data");
        for (String each : series) {
            Path target = Files.createDirectories(data.resolve(each));
            try (Stream<Path> files = Files.list(FILES.resolve(each))) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        }
        return data;
    }

    private static String first(String series) throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve(series))) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
