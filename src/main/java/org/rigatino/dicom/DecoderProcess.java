package org.rigatino.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A native decoder that runs as a process of its own under limits of wall clock, processor time, address space, file
 * size and descriptors: whatever a crafted bitstream does to it, this process only learns how it ended.
 */
enum DecoderProcess {
    GDCM("gdcmconv", "libgdcm-tools", List.of("gdcmconv", "-w")),
    DCMTK_JPEG_LS("dcmdjpls", "dcmtk", List.of("dcmdjpls"));

    /** Exit status of prlimit where it does not find the program. */
    private static final int NOT_FOUND = 127;

    /** Above it a shell's convention: 128 and the number of the signal that ended the process. */
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL: it crashed",
            6, "SIGABRT: it gave up, as it does where memory runs out",
            7, "SIGBUS: it crashed",
            8, "SIGFPE: it crashed",
            9, "SIGKILL: its processor time or the machine's memory ran out",
            11, "SIGSEGV: it crashed",
            24, "SIGXCPU: its processor time ran out",
            25, "SIGXFSZ: it wrote more than the largest frame takes");

    private final String program;
    private final String debianPackage;
    private final List<String> command;

    DecoderProcess(String program, String debianPackage, List<String> command) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.command = command;
    }

    /** How it ended: empty where it says that it decoded, else a reason for people. */
    String run(Path compressed, Path decoded, ReadLimits limits) throws IOException {
        int status = status(start(compressed, decoded, limits), limits);
        if (status == NOT_FOUND) {
            throw new DicomException(program + " is missing: install the Debian package " + debianPackage);
        }
        if (status > SIGNALLED) {
            int signal = status - SIGNALLED;
            return program + " was ended by " + SIGNALS.getOrDefault(signal, "signal " + signal);
        }
        return status == 0 ? "" : program + " refused the bitstream";
    }

    private Process start(Path compressed, Path decoded, ReadLimits limits) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "prlimit",
                "--as=" + limits.decodeMemory(),
                "--cpu=" + (limits.decodeTime().toSeconds() + 1),
                "--fsize=" + (limits.frameSamples() * 4 + (1 << 20)),
                "--nofile=64",
                "--core=0"));
        line.addAll(command);
        line.addAll(List.of(compressed.toString(), decoded.toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(compressed.getParent().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH"));
        return builder.start();
    }

    private int status(Process process, ReadLimits limits) throws DicomException {
        try {
            if (!process.waitFor(limits.decodeTime().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DicomException(program + " did not decode within "
                        + limits.decodeTime().toSeconds() + " s and was ended (rigatino.dicom.limits.decode-time)");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DicomException("interrupted while decoding", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
