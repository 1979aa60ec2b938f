package org.rigatino.proof.bench;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process occupies of the machine's memory, by Linux's own account. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    /** Sets the peak to what is occupied now (proc(5)). */
    private static final String RESET_PEAK = "5";

    private ResidentMemory() {}

    /** Megabytes that the process grows by at most while work runs; NaN where the system does not tell. */
    static double growth(Runnable work) {
        try {
            // what earlier work freed goes back to the system first, or it would hide what this work takes
            Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0L});
            Files.writeString(CLEAR, RESET_PEAK);
            double before = megabytes("VmRSS:");
            work.run();
            return megabytes("VmHWM:") - before;
        } catch (IOException | UnsatisfiedLinkError e) {
            return Double.NaN;
        }
    }

    private static double megabytes(String field) throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no " + field));
    }
}
