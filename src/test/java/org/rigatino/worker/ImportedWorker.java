package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.Rigatino;
import org.rigatino.dicom.Tool;
import org.rigatino.learn.train.Heads;
import picocli.CommandLine;

/** A worker whose release is a network that Python traced; without Python's PyTorch, a worker without one to test. */
public final class ImportedWorker extends RunningWorker {
    static final String GRID = "32";

    private static final String PYTHON =
            """
            import sys, torch
            torch.manual_seed(1)
            network = torch.nn.Sequential(torch.nn.Conv2d(1, 4, 3, padding=1), torch.nn.InstanceNorm2d(4),
                torch.nn.ReLU(), torch.nn.Conv2d(4, 1, 3, padding=1), torch.nn.Tanh()).eval()
            torch.jit.trace(network, torch.zeros(1, 1, 32, 32)).save(sys.argv[1])
            """;
    private static final String PROFILE =
            """
            {"purpose": "tests", "framing": "WHOLE",
             "normalisation": {"statistics": "MOMENTS", "low": -4.0, "high": 4.0, "threshold": 0.1},
             "scoring": {"sign": "BOTH", "smoothing": 1.0, "topShare": 0.01, "bilateral": 1.0, "criticWeight": 0},
             "eligibility": {"modality": ["MR"], "photometricInterpretation": ["MONOCHROME2"], "minimumSize": 8,
              "excludedImageType": ["LOCALIZER"], "bodyPart": ["HEAD"], "minimumForeground": 0.05}, "limits": []}
            """;

    static boolean pythonHasTorch() {
        try {
            return Tool.run("/usr/bin/python3", "-c", "import torch").exitCode() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    protected List<String> destinations() {
        return List.of();
    }

    @Override
    protected void writeRelease(Path models) throws IOException {
        if (!pythonHasTorch()) {
            super.writeRelease(models);
            return;
        }
        Path folder = Files.createTempDirectory("imported");
        Path script = folder.resolve("network.pt");
        try {
            Tool.runSuccessfully("/usr/bin/python3", "-c", PYTHON, script.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Path profile = Files.writeString(folder.resolve("profile.json"), PROFILE);
        Heads.write(folder.resolve("data"), 20);
        TinyRelease.inItsOwnProcess(
                ImportedWorker.class,
                script.toString(),
                profile.toString(),
                folder.resolve("data").toString(),
                models.resolve("own/1").toString());
    }

    public static void main(String[] files) {
        System.exit(new CommandLine(new Rigatino())
                .execute(
                        "release",
                        "import",
                        "--device",
                        "cpu",
                        "--grid",
                        GRID,
                        "--script",
                        files[0],
                        "--profile",
                        files[1],
                        "--data",
                        files[2],
                        "--out",
                        files[3]));
    }
}
