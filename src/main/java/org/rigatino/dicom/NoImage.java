package org.rigatino.dicom;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects of a study that are no image: by SOP class (PS3.4 table B.5-1), since the rest is what a sender claims. */
public final class NoImage {
    private static final String STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1.";

    /** By what follows the root; a dot at the end takes all below. */
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("4.2", "spectroscopy"),
            Map.entry("9.", "waveform"),
            Map.entry("11.", "presentation state"),
            Map.entry("66", "raw data"),
            Map.entry("66.1", "registration"), // Spatial Registration
            Map.entry("66.2", "registration"), // Spatial Fiducials
            Map.entry("66.3", "registration"), // Deformable Spatial Registration
            Map.entry("66.5", "surface"), // Surface Segmentation
            Map.entry("66.6", "tractography"),
            Map.entry("67", "real world value mapping"),
            Map.entry("68.", "surface"), // Surface Scan Mesh, Surface Scan Point Cloud
            Map.entry("77.1.5.3", "stereometric relationship"),
            Map.entry("78.", "ophthalmic measurement"),
            Map.entry("79.", "ophthalmic measurement"),
            Map.entry("80.", "ophthalmic measurement"),
            Map.entry("88.59", "key object selection"),
            Map.entry("88.", "report"),
            Map.entry("90.", "report"), // Content Assessment Results
            Map.entry("91.", "annotation"), // Microscopy Bulk Simple Annotations
            Map.entry("104.", "encapsulated document"),
            Map.entry("131", "structured display"),
            Map.entry("200.", "protocol"),
            Map.entry("201.", "inventory"),
            Map.entry("481.", "radiotherapy object without image"));

    /** RT Image, RT Dose, Enhanced RT Image, Enhanced Continuous RT Image. */
    private static final Set<String> RADIOTHERAPY_IMAGES = Set.of("481.1", "481.2", "481.23", "481.24");

    private NoImage() {}

    /** What it is in a word or two; empty where it is an image, or the class is not known. */
    public static Optional<String> words(String sopClassUid) {
        if (!sopClassUid.startsWith(STORAGE_ROOT)) {
            return Optional.empty();
        }
        String below = sopClassUid.substring(STORAGE_ROOT.length());
        if (RADIOTHERAPY_IMAGES.contains(below)) {
            return Optional.empty();
        }
        String family = below.substring(0, below.indexOf('.') + 1);
        return Optional.ofNullable(CLASSES.getOrDefault(below, CLASSES.get(family)));
    }
}
