package org.rigatino.export;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.export.LeftOut.Reason;

/**
 * One image with what all answers about it say.
 *
 * @param answers about it
 */
record Chosen(AnsweredFrame frame, Label label, List<Long> answers) {
    /** Of all answers those that label an image of a known patient, one for each image; others are left out. */
    static List<Chosen> of(List<AnsweredFrame> answers, LeftOut out) {
        Map<String, List<AnsweredFrame>> byImage = new LinkedHashMap<>();
        for (AnsweredFrame answer : answers) {
            if (answer.patient() == null) {
                out.add(Reason.NO_PATIENT, answer.answer());
            } else if (Label.of(answer).isEmpty()) {
                out.add(answer.verdict().equals("UNSURE") ? Reason.UNSURE : Reason.SOMETHING_ELSE, answer.answer());
            } else {
                byImage.computeIfAbsent(answer.image(), image -> new ArrayList<>())
                        .add(answer);
            }
        }
        List<Chosen> chosen = new ArrayList<>();
        byImage.values().forEach(about -> ofOne(about, out).ifPresent(chosen::add));
        return chosen;
    }

    private static Optional<Chosen> ofOne(List<AnsweredFrame> about, LeftOut out) {
        Set<Label> labels =
                about.stream().flatMap(answer -> Label.of(answer).stream()).collect(Collectors.toSet());
        if (labels.size() > 1) {
            about.forEach(answer -> out.add(Reason.CONTRADICTING, answer.answer()));
            return Optional.empty();
        }
        return Optional.of(new Chosen(
                about.get(0),
                labels.iterator().next(),
                about.stream().map(AnsweredFrame::answer).toList()));
    }

    /** For each patient a key that tells nothing of them, not even their order. */
    static Map<String, String> keys(Collection<Chosen> images) {
        List<String> patients = new ArrayList<>(
                images.stream().map(image -> image.frame().patient()).distinct().toList());
        Collections.shuffle(patients, new SecureRandom());
        Map<String, String> keys = new LinkedHashMap<>();
        patients.forEach(patient -> keys.put(patient, String.format("p%05d", keys.size() + 1)));
        return keys;
    }
}
