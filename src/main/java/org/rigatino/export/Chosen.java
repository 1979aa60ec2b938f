package org.rigatino.export;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.export.LeftOut.Reason;

/**
 * One image with what all answers about it say.
 *
 * @param answers about it
 */
record Chosen(AnsweredFrame frame, Label label, List<Long> answers) {
    /**
     * Images of known patients that are labelled, one for each; others are left out.
     *
     * @param answers in force, all of them
     */
    static List<Chosen> of(List<AnsweredFrame> answers, ExportFilter filter, LeftOut out) {
        Map<String, List<AnsweredFrame>> byImage = new LinkedHashMap<>();
        for (AnsweredFrame answer : answers) {
            byImage.computeIfAbsent(answer.image(), image -> new ArrayList<>()).add(answer);
        }
        List<Chosen> chosen = new ArrayList<>();
        for (List<AnsweredFrame> about : byImage.values()) {
            List<AnsweredFrame> wanted = about.stream().filter(filter::wants).toList();
            if (!wanted.isEmpty()) {
                Reason reason = reason(about);
                if (reason == null) {
                    chosen.add(ofOne(about, wanted));
                } else {
                    about.forEach(answer -> out.add(reason, answer.answer()));
                }
            }
        }
        return chosen;
    }

    /** Why an image is left out of which this is said, whichever release it was said to; null where it is not. */
    private static Reason reason(List<AnsweredFrame> about) {
        if (about.stream().anyMatch(answer -> answer.patient() == null)) {
            return about.stream().anyMatch(AnsweredFrame::shared) ? Reason.SHARED_ID : Reason.NO_PATIENT;
        }
        Set<Said> said = about.stream().map(Said::of).collect(Collectors.toSet());
        if (said.contains(Said.UNSURE)) {
            return Reason.UNSURE;
        }
        if (said.contains(Said.NORMAL) && (said.contains(Said.ABNORMAL) || said.contains(Said.SOMETHING_ELSE))) {
            return Reason.CONTRADICTING;
        }
        if (said.contains(Said.NOTHING_OF_IT)) {
            return Reason.NOTHING_OF_IT;
        }
        return said.equals(Set.of(Said.SOMETHING_ELSE)) ? Reason.SOMETHING_ELSE : null;
    }

    private static Chosen ofOne(List<AnsweredFrame> about, List<AnsweredFrame> wanted) {
        Label label =
                about.stream().anyMatch(answer -> Said.of(answer) == Said.ABNORMAL) ? Label.ABNORMAL : Label.NORMAL;
        return new Chosen(
                wanted.get(0), label, about.stream().map(AnsweredFrame::answer).toList());
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
