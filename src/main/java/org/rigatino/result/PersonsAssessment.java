package org.rigatino.result;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a person said of a result.
 *
 * @param id the same for no other of the record
 * @param answer what they said, and {@code reason}, why
 * @param comment free text, which may name a patient
 * @param place of what was missed
 * @param observer who it was, as a sign-in name or what stands for it
 * @param at when
 * @param predecessor assessment in whose place this one stands
 */
public record PersonsAssessment(
        long id,
        Code answer,
        Optional<Code> reason,
        Optional<String> comment,
        Optional<Pixel> place,
        String observer,
        OffsetDateTime at,
        Optional<ResultReference> predecessor) {
    /** Of the source, from 0 at the upper left. */
    public record Pixel(int column, int row) {}
}
