package org.rigatino.result;

import java.time.OffsetDateTime;
import java.util.List;
import org.rigatino.dicom.Dataset;

/**
 * What a later analysis of the same study superseded at one destination.
 *
 * @param header of an object that takes their place and that the destination has: patient and study
 * @param kind of that object
 * @param algorithm that made it
 * @param objects that are proved to be at the destination, at least one, each once
 * @param releases that made them, as {@code name/version}
 * @param destination by its name here
 * @param at when the last of what takes their place was proved to be there
 */
public record SupersededObjects(
        Dataset header,
        ObjectKind kind,
        AlgorithmIdentification algorithm,
        List<ResultReference> objects,
        List<String> releases,
        String destination,
        OffsetDateTime at) {}
